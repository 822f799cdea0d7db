import { expect, test } from "vitest";
import { createSessions } from "~/server/auth/session";
import { createDb } from "~/server/infra/db";
import { member } from "~/test/cast";
import { testRuntime } from "~/test/runtime";
import { createContext } from "./context";

const request = { ip: "192.0.2.1", userAgent: "Testium/1.0", cookie: undefined, authorization: undefined };

test("a session is known by its cookie or as a bearer token", async () => {
  await using node = await testRuntime();
  const { user, cookie } = await member(node, "ada");
  const signedIn = { state: "signed-in", user };
  expect((await createContext(node, { ...request, cookie })).identity).toMatchObject(signedIn);
  const authorization = `Bearer ${cookie.split("=")[1]}`;
  expect((await createContext(node, { ...request, authorization })).identity).toMatchObject(signedIn);
});

test("anybody else is signed out", async () => {
  await using node = await testRuntime();
  for (const cookie of [undefined, "", "charla=", `charla=${"a".repeat(40)}`]) {
    expect((await createContext(node, { ...request, cookie })).identity).toEqual({ state: "signed-out" });
  }
});

test("a database that is away leaves open who it is, and throws nothing", async () => {
  await using node = await testRuntime();
  const { cookie } = await member(node, "ada");
  const db = createDb("postgresql://127.0.0.1:1/absent");
  const sessions = createSessions({ db, secretKey: "key", secureCookie: false });
  const { identity } = await createContext({ ...node, db, sessions }, { ...request, cookie });
  expect(identity).toEqual({ state: "unknown", cause: expect.any(Error) });
});
