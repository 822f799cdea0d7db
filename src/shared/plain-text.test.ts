import { expect, it } from "vitest";
import { plainLine, plainText } from "./plain-text";

it.each([
  ["nothing to do", "nothing to do"],
  ["**fuerte** y *suave*, __fuerte__ y _suave_", "fuerte y suave, fuerte y suave"],
  ["***los dos*** y ~~borrado~~", "los dos y borrado"],
  ["2*3*4, snake_case_name y ¯\\_(ツ)_/¯", "2*3*4, snake_case_name y ¯\\_(ツ)_/¯"],
  ["a * b * c", "a * b * c"],
  ["corre `rm -rf *_tmp_*` ya", "corre rm -rf *_tmp_* ya"],
  ["mira:\n```ts\nconst a = 1 * 2 * 3;\n```\nfin", "mira:\nconst a = 1 * 2 * 3;\nfin"],
  ["```\nsin cerrar *nada*", "sin cerrar *nada*"],
  [
    "[una página](https://example.org/a) y https://example.org/b_c_d",
    "una página y https://example.org/b_c_d",
  ],
  ["> citado\n> **dos**\nmío", "citado\ndos\nmío"],
  ["- pan\n- *leche*", "• pan\n• leche"],
  ["1. uno", "1. uno"],
  ["un ` suelto", "un ` suelto"],
])("shows %j as %j", (body, plain) => {
  expect(plainText(body)).toBe(plain);
});

it.each([
  ["**hola** [x](https://example.org)", "hola x"],
  ["uno\n\n  dos", "uno dos"],
  ["```ts\nconst a = 1;\nconst b = 2;\n```", "const a = 1; …"],
  ["mira:\n```\nuna sola\n```\nfin", "mira: una sola fin"],
  ["corre `npm  ci` **ya**", "corre npm ci ya"],
  ["> citado\n- pan\n- leche", "citado • pan • leche"],
  ["```\n```", "``` ```"],
  ["**", "**"],
  ["  ", ""],
  ["", ""],
])("shows %j in one line as %j", (body, line) => {
  expect(plainLine(body)).toBe(line);
});

it("takes a message of any length in its stride", () => {
  for (const mark of ["*", "_", "`", "[", "**a ", "~~a"]) {
    const body = mark.repeat(4000 / mark.length);
    expect(plainText(body).length).toBeLessThanOrEqual(body.length);
    expect(plainLine(body).length).toBeLessThanOrEqual(body.length);
  }
});
