/** "Inés Navarro" → "Inés": where there is little room, and the whole name is near. */
export const firstName = (displayName: string): string => displayName.split(/\s/, 1)[0] ?? displayName;
