import { randomUUID } from "node:crypto";
import { exportsPerPerson } from "~/server/account/export";
import { addressKey, registrationsPerAddress, triesPerAccount } from "~/server/auth/limits";
import { privacyChangesPerPerson } from "~/server/auth/privacy";
import { profileChangesPerPerson } from "~/server/auth/profile";
import { newcomer } from "./cast";
import { uploadPicture } from "./picture-uploads";
import { logIn } from "./rest";
import { unsigned } from "./rest-faults";
import type { Make, World } from "./rest-scenarios";

const password = "a password for everybody";
const nobody = () => randomUUID();
const unused = () => `u-${randomUUID().slice(0, 8)}`;

/** Somebody new with a session of their own, to whom anything may happen. */
const somebody = async ({ node, origin }: World) => {
  const member = await newcomer(node);
  return { member, ...(await logIn(origin, member)) };
};

/** Somebody who may not change how others see them for a while. */
const afterManyChanges = async (world: World) => {
  const { member, access_token } = await somebody(world);
  const { points } = profileChangesPerPerson;
  await world.node.backplane.limits.take(profileChangesPerPerson, member.user.id, points);
  return { token: access_token };
};

/** The scenarios of accounts, as `scenarios` has them. */
export const authScenarios: Record<string, Record<string, Make>> = {
  register: {
    ok: () => ({ body: { username: unused(), password } }),
    INVALID_INPUT: () => ({ body: { username: "x", password: "short" } }),
    USERNAME_TAKEN: ({ me }) => ({ body: { username: me.user.username, password } }),
    PASSWORD_TOO_COMMON: () => ({ body: { username: unused(), password: "password1" } }),
    RATE_LIMITED: async ({ node }) => {
      const ip = "203.0.113.7";
      await node.backplane.limits.take(
        registrationsPerAddress,
        addressKey(ip),
        registrationsPerAddress.points,
      );
      return { body: { username: unused(), password }, headers: { "X-Forwarded-For": ip } };
    },
  },
  login: {
    ok: ({ me }) => ({ body: { username: me.user.username, password: me.password } }),
    INVALID_INPUT: () => ({ body: { username: "" } }),
    BAD_CREDENTIALS: ({ me }) => ({ body: { username: me.user.username, password: "wrong" } }),
    RATE_LIMITED: async ({ node }) => {
      const username = unused();
      await node.backplane.limits.take(triesPerAccount, username, triesPerAccount.points);
      return { body: { username, password } };
    },
  },
  refresh: {
    ok: async (world) => ({ body: await somebody(world).then(({ refresh_token }) => ({ refresh_token })) }),
    INVALID_INPUT: () => ({ body: {} }),
    TOKEN_INVALID: ({ token }) => ({ body: { refresh_token: token } }),
    TOKEN_ALGORITHM: () => ({ body: { refresh_token: unsigned } }),
    TOKEN_REUSED: async (world) => {
      const { member, access_token } = await somebody(world);
      const { sessionId } = await world.node.tokens.validate(access_token);
      const used = { sessionId, generation: 1 };
      return { body: { refresh_token: await world.node.tokens.signRefresh(member.user.id, used) } };
    },
    SESSION_ENDED: async ({ node, me }) => {
      const gone = { sessionId: nobody(), generation: 0 };
      return { body: { refresh_token: await node.tokens.signRefresh(me.user.id, gone) } };
    },
  },
  logout: { ok: async (world) => ({ token: (await somebody(world)).access_token }) },
  me: { ok: () => ({}) },
  updateProfile: {
    ok: async (world) => ({
      token: (await somebody(world)).access_token,
      body: { displayName: "Ada King" },
    }),
    INVALID_INPUT: () => ({ body: { displayName: "" } }),
    RATE_LIMITED: async (world) => ({ ...(await afterManyChanges(world)), body: { displayName: "Ada" } }),
  },
  setPicture: {
    ok: async (world) => {
      const { member, access_token } = await somebody(world);
      const pictureId = await uploadPicture({ origin: world.origin, member });
      return { token: access_token, body: { pictureId } };
    },
    INVALID_INPUT: () => ({ body: { pictureId: "mine" } }),
    PICTURE_NOT_FOUND: () => ({ body: { pictureId: nobody() } }),
    RATE_LIMITED: async (world) => ({ ...(await afterManyChanges(world)), body: { pictureId: null } }),
  },
  changePassword: {
    ok: async (world) => {
      const { member, access_token } = await somebody(world);
      return { token: access_token, body: { currentPassword: member.password, newPassword: password } };
    },
    INVALID_INPUT: () => ({ body: { currentPassword: "x" } }),
    WRONG_PASSWORD: () => ({ body: { currentPassword: "wrong", newPassword: password } }),
    PASSWORD_TOO_COMMON: ({ me }) => ({ body: { currentPassword: me.password, newPassword: "password1" } }),
    RATE_LIMITED: async (world) => {
      const { member, access_token } = await somebody(world);
      await world.node.backplane.limits.take(triesPerAccount, member.user.username, triesPerAccount.points);
      return { token: access_token, body: { currentPassword: member.password, newPassword: password } };
    },
  },
  readPrivacy: { ok: () => ({}) },
  updatePrivacy: {
    ok: async (world) => ({ token: (await somebody(world)).access_token, body: { sharesReading: false } }),
    INVALID_INPUT: () => ({ body: { sharesReading: "no" } }),
    RATE_LIMITED: async (world) => {
      const { member, access_token } = await somebody(world);
      const { limits } = world.node.backplane;
      await limits.take(privacyChangesPerPerson, member.user.id, privacyChangesPerPerson.points);
      return { token: access_token, body: { sharesReading: false } };
    },
  },
  requestExport: {
    ok: async (world) => ({ token: (await somebody(world)).access_token }),
    RATE_LIMITED: async (world) => {
      const { member, access_token } = await somebody(world);
      await world.node.backplane.limits.take(exportsPerPerson, member.user.id, exportsPerPerson.points);
      return { token: access_token };
    },
  },
  deleteAccount: {
    ok: async (world) => {
      const { member, access_token } = await somebody(world);
      return { token: access_token, body: { password: member.password } };
    },
    INVALID_INPUT: () => ({ body: { password: "" } }),
    WRONG_PASSWORD: () => ({ body: { password: "wrong" } }),
    RATE_LIMITED: async (world) => {
      const { member, access_token } = await somebody(world);
      await world.node.backplane.limits.take(triesPerAccount, member.user.username, triesPerAccount.points);
      return { token: access_token, body: { password: member.password } };
    },
  },
  listSessions: { ok: () => ({}) },
  revokeOtherSessions: { ok: async (world) => ({ token: (await somebody(world)).access_token }) },
  revokeSession: {
    ok: async (world) => {
      const { access_token } = await somebody(world);
      const { sessionId } = await world.node.tokens.validate(access_token);
      return { token: access_token, path: { sessionId } };
    },
    INVALID_INPUT: () => ({ path: { sessionId: "this" } }),
    SESSION_NOT_FOUND: () => ({ path: { sessionId: nobody() } }),
  },
};
