import { z } from "zod";

/** A moment, as JSON and URLs say it. */
export const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
