import { foldForSearch } from "~/shared/fold-for-search";
import type { SearchHas } from "~/shared/messages";
import { dayNames, type FilterName, filterNames, hasNames, namedIn } from "./filter-names";

/** A filter as it stands in the text: `from:ada`, `in:"Two words"`. */
export interface TypedFilter {
  readonly name: FilterName;
  /** Without quotes. */
  readonly value: string;
  /** Where it begins and ends in the text. */
  readonly start: number;
  readonly end: number;
}

/** A search as it was typed, taken apart. */
export interface TypedSearch {
  /** The words, without the filters. */
  readonly query: string;
  readonly filters: readonly TypedFilter[];
}

const filter = /(?<=^|\s)([\p{L}\p{M}]+):("[^"]*"?|[^\s"]*)/gu;

/** Takes a text apart. What looks like a filter and is none stays a word: an address, `note:this`. */
export const readSearch = (text: string): TypedSearch => {
  const filters = [...text.matchAll(filter)].flatMap(({ 0: whole, 1: called = "", 2: value = "", index }) => {
    const name = namedIn(filterNames, foldForSearch(called));
    return name ? [{ name, value: value.replaceAll('"', ""), start: index, end: index + whole.length }] : [];
  });
  const words = filters.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
  return { query: words.replaceAll(/\s+/g, " ").trim(), filters };
};

/** The filter that the end of the text is still about. */
export const unfinishedFilter = (text: string): TypedFilter | undefined =>
  readSearch(text).filters.find(({ name, value, end }) => {
    if (end < text.length) return false;
    if (name === "has") return namedIn(hasNames, foldForSearch(value)) === undefined;
    if (name === "before" || name === "after") return dayOf(value, new Date()) === null;
    return !text.endsWith('"') || value === "";
  });

/** The text with this filter: in place of `replaced`, or at its end. */
export const withFilter = (text: string, called: string, value: string, replaced?: TypedFilter): string => {
  const written = `${called}:${/\s/.test(value) ? `"${value}"` : value}`;
  if (replaced) return `${text.slice(0, replaced.start)}${written} ${text.slice(replaced.end).trimStart()}`;
  return `${text}${text === "" || text.endsWith(" ") ? "" : " "}${written}${value === "" ? "" : " "}`;
};

export const withoutFilter = (text: string, { start, end }: TypedFilter): string =>
  (text.slice(0, start) + text.slice(end).trimStart()).trimStart();

/** The first moment of a day, month or year (`2026`, `2026-11`, `2026-11-01`) or of a day that has a name; null of none. */
export const dayOf = (value: string, now: Date): Date | null => {
  const named = namedIn(dayNames, foldForSearch(value));
  if (named) return new Date(now.getFullYear(), now.getMonth(), now.getDate() - (named === "today" ? 0 : 1));
  const [, year, month = "01", day = "01"] = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(value) ?? [];
  if (year === undefined) return null;
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  // Not the 31st of November.
  return date.getMonth() === Number(month) - 1 && date.getDate() === Number(day) ? date : null;
};

/** What the server is asked for. */
export interface MessageSearch {
  query: string;
  roomId?: string;
  author?: string;
  has: SearchHas[];
  sentAfter?: Date;
  sentBefore?: Date;
}

interface Scene {
  now: Date;
  myUsername: string;
  /** The room of that name; undefined where there is none. */
  findRoom: (name: string) => string | undefined;
}

const usernameLike = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;
const meNames = ["me", "mi", "yo"];

/**
 * What a typed search asks the server for, and the filters that mean nothing to us. An `after` day counts itself, a `before`
 * day does not.
 */
export const toMessageSearch = (
  { query, filters }: TypedSearch,
  scene: Scene,
): { search: MessageSearch; unknown: TypedFilter[] } => {
  const search: MessageSearch = { query, has: [] };
  return { search, unknown: filters.filter((one) => !understand(search, one, scene)) };
};

/** Adds a filter to a search. Returns whether it means anything. */
const understand = (
  search: MessageSearch,
  { name, value }: TypedFilter,
  { now, myUsername, findRoom }: Scene,
): boolean => {
  const folded = foldForSearch(value).replace(/^@/, "");
  if (name === "from") {
    search.author = meNames.includes(folded) ? myUsername : folded;
    return usernameLike.test(search.author);
  }
  if (name === "in") {
    const roomId = findRoom(value);
    if (roomId !== undefined) search.roomId = roomId;
    return roomId !== undefined;
  }
  if (name === "has") {
    const has = namedIn(hasNames, folded);
    if (has && !search.has.includes(has)) search.has.push(has);
    return has !== undefined;
  }
  const day = dayOf(value, now);
  if (day) search[name === "before" ? "sentBefore" : "sentAfter"] = day;
  return day !== null;
};
