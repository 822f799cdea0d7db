import { expect, it } from "vitest";
import { tokenBefore } from "./token";

it.each([
  ["@", "mention", 0, ""],
  ["hola @An", "mention", 5, "an"],
  ["(@bruno.p", "mention", 1, "bruno.p"],
  [":smi", "emoji", 0, "smi"],
  ["qué bien :Corazón_r", "emoji", 9, "corazon_r"],
  [":+1", "emoji", 0, "+1"],
  ["¡:fiesta", "emoji", 1, "fiesta"],
  ["😀:smi", "emoji", 2, "smi"],
  ["`a` y :smi", "emoji", 6, "smi"],
])("completes %j", (before, kind, start, query) => {
  expect(tokenBefore(before)).toEqual({ kind, start, query, closed: false });
});

it("knows an emoji's name that is written to its end", () => {
  expect(tokenBefore("ya :tada:")).toEqual({ kind: "emoji", start: 3, query: "tada", closed: true });
});

it.each([
  "",
  "ana@example.org",
  "10:30",
  "a las 10:3",
  "https://example.org",
  "nota: mañana",
  "nota:mañana",
  "hola :",
  "hola :D",
  ":3",
  ":30",
  ":-(",
  "a::smi",
  "::smi",
  "std::vec",
  ":smi ",
  ":dos palabras",
  "`:smi",
  "```\n:smi",
])("leaves %j alone", (before) => {
  expect(tokenBefore(before)).toBeNull();
});
