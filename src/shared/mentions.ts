/**
 * A mention, `@username`, wherever it stands in a text. Not within a word or an address: "ana@example.org" mentions nobody.
 */
export const mentionPattern = /(?<![\p{L}\p{N}_@./-])@[a-z0-9](?:[a-z0-9._-]{1,30}[a-z0-9])/giu;

/** The usernames that a text mentions, in lower case; whether anybody has them is another question. */
export const mentionedIn = (text: string): string[] => [
  ...new Set(text.match(mentionPattern)?.map((mention) => mention.slice(1).toLowerCase())),
];
