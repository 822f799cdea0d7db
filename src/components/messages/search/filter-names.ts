import type { SearchHas } from "~/shared/messages";

export type FilterName = "from" | "in" | "has" | "before" | "after";

/** What a filter is called where one types it, in either language whatever that of the page; without accents. */
export const filterNames: Record<FilterName, readonly string[]> = {
  from: ["from", "de"],
  in: ["in", "en"],
  has: ["has", "tiene", "con"],
  before: ["before", "antes"],
  after: ["after", "desde", "despues"],
};

/** What a message may be asked to have. */
export const hasNames: Record<SearchHas, readonly string[]> = {
  file: ["file", "archivo", "adjunto"],
  image: ["picture", "image", "photo", "foto", "imagen"],
  video: ["video"],
  audio: ["audio", "voice", "voz", "sonido"],
  link: ["link", "enlace"],
};

/** Days that have a name. */
export const dayNames: Record<"today" | "yesterday", readonly string[]> = {
  today: ["today", "hoy"],
  yesterday: ["yesterday", "ayer"],
};

/** Which of these is called so; undefined if none is. */
export const namedIn = <Name extends string>(
  names: Record<Name, readonly string[]>,
  called: string,
): Name | undefined => (Object.keys(names) as Name[]).find((name) => names[name].includes(called));
