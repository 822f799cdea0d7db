import type { z } from "zod";
import { searchMessagesFields } from "~/shared/messages";
import type { Reader } from "./fill";

export interface Query {
  what: string;
  input: z.infer<typeof searchMessagesFields>;
}

const day = 24 * 60 * 60 * 1000;

/** What people look for: what is frequent and what is rare, everywhere and in one room, by words and by everything else. */
export const queriesOf = ({ largestRoom, smallRoom, frequentAuthor, rareAuthor }: Reader): Query[] => {
  const query = (what: string, input: z.input<typeof searchMessagesFields>): Query => ({
    what,
    input: searchMessagesFields.parse(input),
  });
  const longAgo = new Date(Date.now() - 400 * day);
  return [
    query("a frequent word", { query: "casa" }),
    query("another form of it", { query: "reuniones" }),
    query("two words", { query: "reunión jueves" }),
    query("three frequent words", { query: "perro playa viaje" }),
    query("a rare word", { query: "pasozama" }),
    query("a word that nobody wrote", { query: "murciélago" }),
    query("the beginning of a word, three letters", { query: "reu" }),
    query("a part of rare words", { query: "zofuhe" }),
    query("a word of every message", { query: "que" }),
    query("a phrase", { query: '"el perro"' }),
    query("two words, one person", { query: "trabajo hoy", authorId: frequentAuthor }),
    query("a word, somebody who writes seldom", { query: "comida", authorId: rareAuthor }),
    query("a word, before a day long ago", { query: "canción", sentBefore: longAgo }),
    query("a rare word, in the largest room", { query: "pasozama", roomId: largestRoom }),
    query("a frequent word, in a small room", { query: "casa", roomId: smallRoom }),
    query("somebody's pictures", { authorId: frequentAuthor, has: ["image"] }),
    query("links of one week", {
      has: ["link"],
      sentAfter: longAgo,
      sentBefore: new Date(longAgo.getTime() + 7 * day),
    }),
    query("everything of somebody who writes seldom", { authorId: rareAuthor }),
    query("a room, before a day long ago", { roomId: smallRoom, sentBefore: longAgo }),
  ];
};
