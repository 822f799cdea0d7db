import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { RouterOutputs } from "~/server/trpc/root";
import type { Message } from "~/shared/messages";
import { newcomer } from "~/test/cast";
import { openConversation, openRequest, say } from "~/test/conversation";
import { logIn } from "~/test/rest";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { startBot } from "../../docs/bot";
import { createCharla, signInAs } from "./create-charla";

/** A client comes back after a random time. */
const patience = { timeout: 10_000 };

let node: OwnedRuntime;
let server: TestServer;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

describe("createCharla", () => {
  it("calls every procedure by its inferred types, with an access token", async () => {
    const { first, asSecond, roomId } = await openConversation(node);
    const { access_token: token } = await logIn(server.origin, first);
    await using charla = createCharla({ url: server.origin, token });
    const sent = await charla.api.messages.send.mutate({ roomId, clientId: randomUUID(), body: "hola" });
    expectTypeOf(sent).toEqualTypeOf<RouterOutputs["messages"]["send"]>();
    expect((await asSecond.messages.list({ roomId })).items).toEqual([sent]);
  });

  it("goes on after a cut with exactly what it missed", async () => {
    const { first, asSecond, roomId } = await openConversation(node);
    const account = { url: server.origin, username: first.user.username, password: first.password };
    await using charla = createCharla({ url: server.origin, token: signInAs(account) });
    const heard: Message[] = [];
    await new Promise<void>((resolve) => {
      const handlers = {
        onStarted: () => resolve(),
        onData: ({ data }: { data: Message }) => heard.push(data),
      };
      charla.api.messages.onMessage.subscribe({ roomId }, handlers);
    });
    const bodies = ["1", "2", "3", "4", "5", "6"];
    for (const body of bodies.slice(0, 3)) await say(asSecond, roomId, body);
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    server.cut();
    for (const body of bodies.slice(3)) await say(asSecond, roomId, body);
    await vi.waitFor(() => expect(heard.map(({ body }) => body)).toEqual(bodies), patience);
  });
});

describe("a message that got no answer", () => {
  it("is sent again, and stored once", async () => {
    const { first, asSecond, roomId } = await openConversation(node);
    const { access_token: token } = await logIn(server.origin, first);
    await using charla = createCharla({ url: server.origin, token });
    const sending = charla.api.messages.send.mutate({ roomId, clientId: randomUUID(), body: "hola" });
    await vi.waitFor(async () => expect((await asSecond.messages.list({ roomId })).lastSeq).toBe(1), {
      ...patience,
      interval: 1,
    });
    server.cut();
    expect(await sending).toMatchObject({ seq: 1, body: "hola" });
    expect((await asSecond.messages.list({ roomId })).items).toHaveLength(1);
  });
});

describe("signInAs", () => {
  it("signs in once, and renews in time, however many ask", async () => {
    await using hurried = await testRuntime({ accessTokenMinutes: 0.5 }); // expires at once, less the leeway
    await using there = await openServer(hurried);
    const { user, password } = await newcomer(node);
    const token = signInAs({ url: there.origin, username: user.username, password });
    const tokens = await Promise.all(Array.from({ length: 10 }, token));
    expect((await hurried.tokens.validate(tokens.at(-1) ?? "")).user).toEqual(user);
    const again = await Promise.all(Array.from({ length: 10 }, token));
    expect((await hurried.tokens.validate(again.at(-1) ?? "")).user).toEqual(user);
    const [session, ...others] = await node.db.session.findMany({
      where: { userId: user.id },
      orderBy: { createdAt: "desc" },
    });
    expect(session?.refreshGeneration).toBeGreaterThan(0);
    expect(others).toHaveLength(1); // the one it registered with
  });

  it("signs in again when its session was ended", async () => {
    await using hurried = await testRuntime({ accessTokenMinutes: 0.5 });
    await using there = await openServer(hurried);
    const { user, password } = await newcomer(node);
    const token = signInAs({ url: there.origin, username: user.username, password });
    await token();
    await node.db.session.deleteMany({ where: { userId: user.id } });
    expect((await hurried.tokens.validate(await token())).user).toEqual(user);
  });

  it("says what is wrong with a password, each time it is asked", async () => {
    const { user } = await newcomer(node);
    const token = signInAs({ url: server.origin, username: user.username, password: "wrong" });
    for (let times = 0; times < 2; times += 1) await expect(token()).rejects.toThrow("BAD_CREDENTIALS");
  });
});

describe("the bot of docs/bot.ts", () => {
  it("says back what it is told, once, also to whoever asks it for the first time", async () => {
    const { first, second, asFirst, roomId } = await openRequest(node);
    const account = { url: server.origin, username: second.user.username, password: second.password };
    const said = async () =>
      (await asFirst.messages.list({ roomId })).items.map(({ author, body }) => [author.id, body]);
    const expected = [first, second].map(({ user }) => [user.id, "¿hay alguien?"]);
    {
      await using bot = await startBot(account);
      await say(asFirst, roomId, "¿hay alguien?");
      await vi.waitFor(async () => expect(await said()).toEqual(expected), patience);
      expect(await bot.api.auth.me.query()).toEqual(second.user);
    }
    await using bot = await startBot(account);
    await say(asFirst, roomId, "otra vez");
    await vi.waitFor(async () => expect(await said()).toHaveLength(4), patience);
    expect((await said()).map(([, body]) => body)).toEqual([
      "¿hay alguien?",
      "¿hay alguien?",
      "otra vez",
      "otra vez",
    ]);
    await bot.close();
  });
});
