import { z } from "zod";
import { protectedProcedure, publicProcedure, router } from "~/server/trpc/init";
import {
  changePasswordInput,
  createAccountInput,
  privacySchema,
  refreshTokensInput,
  registerInput,
  revokeSessionInput,
  sessionSchema,
  setPictureInput,
  signedInSchema,
  signInInput,
  tokenGrantSchema,
  updatePrivacyInput,
  updateProfileInput,
} from "~/shared/auth";
import { userSchema } from "~/shared/users";
import { grantByPassword, grantByRefresh } from "./grants";
import { readPrivacy, updatePrivacy } from "./privacy";
import * as profile from "./profile";
import * as service from "./service";

export const authRouter = router({
  /** Makes an account and signs in to it: sets the session cookie. */
  register: publicProcedure
    .input(registerInput)
    .output(signedInSchema)
    .mutation(({ ctx, input }) => service.register(ctx, input)),

  /** Sets the session cookie. Wrong name and wrong password are one answer. */
  signIn: publicProcedure
    .input(signInInput)
    .output(signedInSchema)
    .mutation(({ ctx, input }) => service.signIn(ctx, input)),

  /** Makes an account and signs nobody in: what programs want of a registration. */
  createAccount: publicProcedure
    .input(createAccountInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => service.createAccount(ctx, input)),

  /** Signs a program in: answers with tokens and sets no cookie. */
  grantTokens: publicProcedure
    .input(signInInput)
    .output(tokenGrantSchema)
    .mutation(({ ctx, input }) => grantByPassword(ctx, input)),

  /** New tokens for a refresh token, which is good once: a second use ends the session. */
  refreshTokens: publicProcedure
    .input(refreshTokensInput)
    .output(tokenGrantSchema)
    .mutation(({ ctx, input }) => grantByRefresh(ctx, input)),

  /** Ends this session and every live subscription of it. */
  signOut: protectedProcedure.output(z.void()).mutation(({ ctx }) => service.signOut(ctx)),

  me: protectedProcedure.output(userSchema).query(({ ctx }) => ctx.user),

  /** Changes how others see me. */
  updateProfile: protectedProcedure
    .input(updateProfileInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => profile.updateProfile(ctx, input)),

  /** Gives me an uploaded picture, or takes mine away. */
  setPicture: protectedProcedure
    .input(setPictureInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => profile.setPicture(ctx, input)),

  /** What I let others see. */
  privacy: protectedProcedure.output(privacySchema).query(({ ctx }) => readPrivacy(ctx.runtime, ctx.user)),

  /** Changes what I let others see; of what I do not share I do not see theirs. */
  updatePrivacy: protectedProcedure
    .input(updatePrivacyInput)
    .output(privacySchema)
    .mutation(({ ctx, input }) => updatePrivacy(ctx.runtime, ctx.user, input)),

  /** Ends every other session of mine. */
  changePassword: protectedProcedure
    .input(changePasswordInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.changePassword(ctx, input)),

  /** My sessions, the most recently used first. */
  sessions: protectedProcedure.output(z.array(sessionSchema)).query(({ ctx }) => service.listSessions(ctx)),

  revokeSession: protectedProcedure
    .input(revokeSessionInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.revokeSession(ctx, input.sessionId)),

  revokeOtherSessions: protectedProcedure
    .output(z.void())
    .mutation(({ ctx }) => service.revokeOtherSessions(ctx)),
});
