import { expect, it } from "vitest";
import { foundWords } from "./found-words";

const marked = (text: string, query: string): string =>
  foundWords(text, query)
    .map(({ text: part, isFound }) => (isFound ? `[${part}]` : part))
    .join("");

it.each([
  ["El camión llegó", "camion", "El [camión] llegó"],
  ["Los camiones llegaron", "camión", "Los [camiones] llegaron"],
  ["una supercalificación", "califica", "una [supercalificación]"],
  ["two words,\nthen words", "words two", "[two] [words], then [words]"],
  ["nothing here", "else", "nothing here"],
  ["sol y sal", "sol", "[sol] y sal"],
])("%j for %j is %j", (text, query, expected) => {
  expect(marked(text, query)).toBe(expected);
});

it("begins a long text near what was found", () => {
  const text = `${"palabras y más palabras ".repeat(20)}aguja en el pajar`;
  expect(marked(text, "aguja")).toMatch(/^…(?:\S+ ){5,12}\[aguja\] en el pajar$/);
});
