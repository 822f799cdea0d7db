import { KeptValue } from "~/components/ui/kept-value";

const length = 5;

/** What was looked for lately, the latest first: this browser's own, gone with {@link forgetSearches}. */
const kept = new KeptValue<readonly string[]>("charla:searches", [], (stored) =>
  Array.isArray(stored) ? stored.filter((one) => typeof one === "string") : [],
);

export const recentSearches = kept.get;

/** Keeps a search that led somewhere. */
export const rememberSearch = (text: string): void => {
  const typed = text.trim();
  kept.set([typed, ...recentSearches().filter((one) => one !== typed)].slice(0, length));
};

/** Drops them, as on signing out. */
export const forgetSearches = (): void => kept.forget();
