import { z } from "zod";
import { typedText } from "./text";

export const userIdSchema = z.uuid();

/** Long enough to tell people apart, short enough for one line of the room list. */
export const usernameLength = { min: 3, max: 32 };

/** A name that can stand in a URL and after an `@`; upper case typed is taken as lower. */
export const usernameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .min(usernameLength.min, "usernameTooShort")
  .max(usernameLength.max, "usernameTooLong")
  .regex(/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/, "usernameCharacters");

export const displayNameSchema = typedText("displayName", { min: 1, max: 64 }).refine(
  (name) => !/[\n\t]/.test(name),
  "displayNameControlCharacters",
);

/** What anyone may know of a person. */
export const userSchema = z.object({
  id: userIdSchema,
  username: z.string(),
  displayName: z.string(),
  /** Their picture, at `/api/pictures/{pictureId}`; null where they have none. */
  pictureId: z.uuid().nullable(),
  /** Counts the changes of all this: of two states of one person the one with the higher is the newer. */
  profileRev: z.int(),
  /** The account is no more: what is left is somebody who once wrote something. */
  deleted: z.boolean(),
});
export type User = z.infer<typeof userSchema>;

/** Whether somebody is here. `null` in its place means: not for this viewer to know. */
export const presenceSchema = z.object({ online: z.boolean(), lastSeenAt: z.date() });
export type Presence = z.infer<typeof presenceSchema>;
