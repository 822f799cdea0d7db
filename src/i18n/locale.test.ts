import { expect, test } from "vitest";
import { negotiateLocale } from "./locale";

test("the visitor's choice wins over the browser's", () => {
  expect(negotiateLocale("en", "es")).toBe("en");
});

test("the browser's best language that we speak", () => {
  expect(negotiateLocale(undefined, "fr-FR,en-GB;q=0.8,es;q=0.9")).toBe("es");
  expect(negotiateLocale(undefined, "de, EN-us; q=0.7")).toBe("en");
});

test("Spanish when nothing fits", () => {
  expect(negotiateLocale(undefined, null)).toBe("es");
  expect(negotiateLocale("klingon", "fr,en;q=0")).toBe("es");
});
