import { z } from "zod";

// C0 but for tab and line feed, DEL and C1, and halves of surrogate pairs, which UTF-8 (and so PostgreSQL) cannot hold.
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what it is for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Length in code points, as PostgreSQL's `char_length` counts, so that an emoji is not two. */
const codePoints = (text: string): number => [...text].length;

/**
 * Text a person typed: line ends normalised, trimmed, `min` to `max` code points, no control characters.
 * `name` is the prefix of the catalogue keys of its errors: `…Empty`, `…TooShort`, `…TooLong`, `…ControlCharacters`.
 */
export const typedText = (name: string, { min, max }: { min: number; max: number }) =>
  z
    .string()
    .transform((text) => text.replace(/\r\n?/g, "\n").trim())
    .pipe(
      z
        .string()
        .refine((text) => codePoints(text) >= min, `${name}${min > 1 ? "TooShort" : "Empty"}`)
        .refine((text) => codePoints(text) <= max, `${name}TooLong`)
        .refine((text) => !forbidden.test(text), `${name}ControlCharacters`),
    );
