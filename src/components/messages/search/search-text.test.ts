import { describe, expect, it } from "vitest";
import { readSearch, toMessageSearch, unfinishedFilter, withFilter, withoutFilter } from "./search-text";

const now = new Date(2026, 10, 22, 15);
const scene = {
  now,
  myUsername: "ana",
  findRoom: (name: string) => (name === "Club de lectura" ? "room-1" : undefined),
};
const understand = (text: string) => toMessageSearch(readSearch(text), scene);

describe("a typed search", () => {
  it.each([
    ["words alone", "dos  palabras ", { query: "dos palabras", has: [] }],
    [
      "filters in English",
      'from:ada in:"Club de lectura" has:file before:2026-11-01 gastos',
      {
        query: "gastos",
        author: "ada",
        roomId: "room-1",
        has: ["file"],
        sentBefore: new Date(2026, 10, 1),
      },
    ],
    [
      "filters in Spanish, with accents and capitals",
      "gastos De:@ADA tiene:foto CON:enlace después:ayer",
      { query: "gastos", author: "ada", has: ["image", "link"], sentAfter: new Date(2026, 10, 21) },
    ],
    ["oneself", "de:mí", { query: "", author: "ana", has: [] }],
    [
      "a month, and a year",
      "after:2026-02 before:2026",
      {
        query: "",
        has: [],
        sentAfter: new Date(2026, 1, 1),
        sentBefore: new Date(2026, 0, 1),
      },
    ],
    [
      "what only looks like a filter",
      "https://a.example nota:esto a:b",
      {
        query: "https://a.example nota:esto a:b",
        has: [],
      },
    ],
    ["a filter within the words", "los de:ada gastos", { query: "los gastos", author: "ada", has: [] }],
  ])("understands %s", (_, text, search) => {
    expect(understand(text)).toEqual({ search, unknown: [] });
  });

  it.each(["in:nowhere", "has:nothing", "before:2026-11-31", "after:soon", "from:", "from:¿quién?"])(
    "says that it does not understand %s",
    (text) => {
      expect(understand(text).unknown).toHaveLength(1);
    },
  );

  it.each([
    ["from:", "from"],
    ["gastos de:ad", "from"],
    ['in:"Club de', "in"],
    ["has:fi", "has"],
    ["before:2026-1", undefined],
    ["before:20", "before"],
    ["has:file", undefined],
    ["from:ada ", undefined],
    ['in:"Club de lectura"', undefined],
    ["ada", undefined],
  ])("knows what is still being typed: %s", (text, name) => {
    expect(unfinishedFilter(text)?.name).toBe(name);
  });

  it("takes filters in and out, and leaves the rest as it was", () => {
    const replaced = unfinishedFilter("gastos de:ad");
    expect(withFilter("gastos de:ad", "de", "ada", replaced)).toBe("gastos de:ada ");
    expect(withFilter("gastos", "en", "Club de lectura")).toBe('gastos en:"Club de lectura" ');
    expect(withFilter("gastos ", "has", "")).toBe("gastos has:");
    const text = "los de:ada gastos";
    const [typed] = readSearch(text).filters;
    expect(typed && withoutFilter(text, typed)).toBe("los gastos");
  });
});
