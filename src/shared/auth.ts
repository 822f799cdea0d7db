import { z } from "zod";
import { newPictureIdSchema } from "./pictures";
import { displayNameSchema, usernameSchema, userSchema } from "./users";

/** 8 is NIST SP 800-63B's floor; 256 keeps one hash's work bounded while any passphrase fits. */
export const passwordLength = { min: 8, max: 256 };

/** Any Unicode, never trimmed; composed (NFKC), so that two keyboards type the same password. */
export const newPasswordSchema = z
  .string()
  .transform((password) => password.normalize("NFKC"))
  .pipe(z.string().min(passwordLength.min, "passwordTooShort").max(passwordLength.max, "passwordTooLong"));

/** A password to check against a hash: no lower bound, so that an old rule never locks anybody out. */
export const passwordSchema = z
  .string()
  .transform((password) => password.normalize("NFKC"))
  .pipe(z.string().min(1, "passwordEmpty").max(passwordLength.max, "passwordTooLong"));

export const registerInput = z.object({
  username: usernameSchema,
  displayName: displayNameSchema,
  password: newPasswordSchema,
});

/** For programs: without a `displayName` the person is shown by their username. */
export const createAccountInput = registerInput.partial({ displayName: true });

export const updateProfileInput = z.object({ displayName: displayNameSchema });
export const setPictureInput = z.object({ pictureId: newPictureIdSchema });

/** Only bounded, not judged: a name that cannot exist is answered like one that does not. */
export const signInInput = z.object({
  username: z.string().trim().toLowerCase().min(1, "usernameEmpty").max(256, "usernameTooLong"),
  password: passwordSchema,
});

export const changePasswordInput = z.object({
  currentPassword: passwordSchema,
  newPassword: newPasswordSchema,
});

export const revokeSessionInput = z.object({ sessionId: z.uuid() });

export const sessionSchema = z.object({
  id: z.uuid(),
  /** The session that asks. */
  current: z.boolean(),
  createdAt: z.date(),
  lastUsedAt: z.date(),
  expiresAt: z.date(),
  userAgent: z.string().nullable(),
  ip: z.string().nullable(),
});
export type SessionSummary = z.infer<typeof sessionSchema>;

/** What a program is signed in by, under the names that OAuth 2 (RFC 6749) gives it. */
export const tokenGrantSchema = z.object({
  /** A JWT, to be sent as `Authorization: Bearer …`. */
  access_token: z.string(),
  token_type: z.literal("bearer"),
  /** Seconds until the access token expires. */
  expires_in: z.int(),
  /** Good once, for the next tokens. */
  refresh_token: z.string(),
});
export type TokenGrant = z.infer<typeof tokenGrantSchema>;

export const refreshTokensInput = z.object({ refresh_token: z.string().min(1).max(2048) });

/** What I let others see, and so may see of them. */
export const privacySchema = z.object({
  /** How far I have read. */
  sharesReading: z.boolean(),
  /** Whether I am online or writing, and when I was here last. */
  sharesPresence: z.boolean(),
});
export type Privacy = z.infer<typeof privacySchema>;

/** What is left out stays as it is. */
export const updatePrivacyInput = privacySchema.partial();

export const signedInSchema = z.object({ user: userSchema });
