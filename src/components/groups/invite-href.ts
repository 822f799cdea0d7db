/** The address of an invite link: who has it may join. */
export const inviteHref = (token: string): string => `/join/${token}`;
