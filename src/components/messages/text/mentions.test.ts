import { expect, it } from "vitest";
import { mentionsIn } from "./mentions";

it.each([
  ["Hola @ana-paz, ¿vamos?", ["@ana-paz"]],
  ["@bruno (y @carla.r)", ["@bruno", "@carla.r"]],
  ["¿@bruno?", ["@bruno"]],
  ["ana@example.org, https://example.org/@ana", []],
  ["@", []],
  ["@@ana y @a", []],
])("finds in %j %j", (text, mentions) => {
  const segments = mentionsIn(text);
  expect(segments.filter(({ isMention }) => isMention).map((segment) => segment.text)).toEqual(mentions);
  expect(segments.map((segment) => segment.text).join("")).toBe(text);
});
