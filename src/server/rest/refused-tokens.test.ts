import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createCharla } from "~/client/create-charla";
import type { OwnedRuntime } from "~/server/create-runtime";
import { openConversation } from "~/test/conversation";
import { openPlain } from "~/test/plain-client";
import { askRest, logIn } from "~/test/rest";
import { faults } from "~/test/rest-faults";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";

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

/** What tRPC's WebSocket says to whoever subscribes with this token. */
const subscribe = async (roomId: string, token: string): Promise<string> => {
  await using charla = createCharla({ url: server.origin, token });
  return await new Promise((resolve) => {
    charla.api.messages.onMessage.subscribe(
      { roomId },
      { onStarted: () => resolve("started"), onError: ({ message }) => resolve(message) },
    );
  });
};

it.each(["TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_ALGORITHM", "SESSION_ENDED"])(
  "%s is what each door says",
  async (code) => {
    const { first: me, roomId } = await openConversation(node);
    const world = { node, origin: server.origin, me, token: "" };
    const { token } = (await faults[code]?.(world, {})) ?? {};
    if (!token) throw new Error("there must be a token to refuse");
    expect(await askRest(server.origin, `/messages/${roomId}`, { token })).toMatchObject({
      status: 401,
      body: { code },
    });
    expect(await subscribe(roomId, token)).toBe(code);
    const inUrl = openPlain(server.origin, `${roomId}?token=${token}`);
    const inHeader = openPlain(server.origin, roomId, { authorization: `Bearer ${token}` });
    const inFrame = openPlain(server.origin, roomId);
    inFrame.ws.once("open", () => inFrame.say({ type: "auth", token }));
    for (const client of [inUrl, inHeader, inFrame]) {
      expect(await client.closed).toEqual({ code: 4401, reason: code });
      expect(client.frames).toEqual([{ type: "error", code, requestId: expect.any(String) }]);
    }
  },
);

it("a token that was good is refused everywhere, and its sockets closed, once its refresh token comes twice", async () => {
  const { first: me, roomId } = await openConversation(node);
  const { access_token: token, refresh_token } = await logIn(server.origin, me);
  expect(await subscribe(roomId, token)).toBe("started");
  await using live = openPlain(server.origin, `${roomId}?token=${token}`);
  await live.hear("ready");
  const refresh = () => askRest(server.origin, "/auth/refresh", { method: "POST", body: { refresh_token } });
  expect((await refresh()).status).toBe(200);
  expect(await refresh()).toMatchObject({ status: 401, body: { code: "TOKEN_REUSED" } });
  expect((await live.closed).code).toBe(4401);
  expect(await subscribe(roomId, token)).toBe("SESSION_ENDED");
  await using late = openPlain(server.origin, `${roomId}?token=${token}`);
  expect(await late.closed).toEqual({ code: 4401, reason: "SESSION_ENDED" });
  const answer = await askRest(server.origin, `/messages/${randomUUID()}`, { token });
  expect(answer).toMatchObject({ status: 401, body: { code: "SESSION_ENDED" } });
  expect(answer.headers.get("www-authenticate")).toContain('error="invalid_token"');
});
