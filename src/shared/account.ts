import { z } from "zod";
import { passwordSchema } from "./auth";

/** Where exports are downloaded, by the address that a request for one is answered with. */
export const exportPath = "/api/export";

export const exportSchema = z.object({
  /** Relative to the server; good for a minute, once, for whoever has it. */
  url: z.string(),
});

export const deleteAccountInput = z.object({
  password: passwordSchema,
  /** What I wrote goes too, with its files; otherwise it stays for the others, by a deleted account. */
  eraseMessages: z.boolean().default(false),
});
