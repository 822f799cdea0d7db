/**
 * Guessing passwords, by everything that a guesser may try: several nodes, several doors, batches, addresses that are made
 * up, a Redis that is away, and more sign-ins at once than can be answered.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { createLog } from "~/server/infra/log";
import { createRedisBackplane } from "~/server/infra/redis";
import { newcomer } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { download, sendFile } from "~/test/uploads";
import { addressKey, signInsPerAddress, triesPerAccount } from "./limits";
import { verifyPassword } from "./password";

let nodes: [OwnedRuntime, OwnedRuntime];
let servers: [TestServer, TestServer];
beforeAll(async () => {
  nodes = [await testRuntime(), await testRuntime()];
  servers = [
    await openServer(nodes[0], { trustedProxies: 0 }),
    await openServer(nodes[1], { trustedProxies: 0 }),
  ];
});
afterAll(async () => {
  for (const resource of [...servers, ...nodes]) await resource[Symbol.asyncDispose]();
});

/** An address that nobody has given us to believe. */
let made = 0;
const madeUpAddress = (): Record<string, string> => {
  made += 1;
  const ip = `203.0.113.${made}`;
  return { "X-Forwarded-For": ip, "X-Real-Ip": ip, Forwarded: `for=${ip}`, "Cf-Connecting-Ip": ip };
};

/** Sends JSON from a new made-up address. Resolves to the reasons of refusal in the answer, or to "signed in". */
const ask = async (origin: string, path: string, body: unknown): Promise<string[]> => {
  const headers = { "Content-Type": "application/json", ...madeUpAddress() };
  const response = await fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await response.json();
  const parts = Array.isArray(answer) ? answer : [answer];
  return parts.map((part) => part.code ?? part.error?.json.data.reason ?? "signed in");
};

interface Guess {
  username: string;
  password: string;
}

/** The ways to try a password: each takes a guess to a node, and some take it several times. */
const ways: ((origin: string, guess: Guess) => Promise<string[]>)[] = [
  (origin, guess) => ask(origin, "/api/trpc/auth.signIn", { json: guess }),
  (origin, guess) => ask(origin, "/api/trpc/auth.grantTokens", { json: guess }),
  (origin, guess) => ask(origin, "/api/auth/login", guess),
  (origin, guess) => ask(origin, "/api/auth/login", { ...guess, username: guess.username.toUpperCase() }),
  (origin, guess) =>
    ask(origin, `/api/trpc/${Array(5).fill("auth.signIn").join()}?batch=1`, {
      ...Array.from({ length: 5 }, () => ({ json: guess })),
    }),
];

describe("a guesser", () => {
  it("has ten tries on an account, over all nodes and doors, in batches too, wherever they seem to be", async () => {
    const { user, password } = await newcomer(nodes[0]);
    const guess = { username: user.username, password: "a wrong guess" };
    const rounds = [0, 1].flatMap(() =>
      ways.flatMap((way) => servers.map(({ origin }) => way(origin, guess))),
    );
    const reasons = (await Promise.all(rounds)).flat();
    expect(reasons).toHaveLength(36);
    expect(reasons.filter((reason) => reason === "BAD_CREDENTIALS")).toHaveLength(triesPerAccount.points);
    expect(new Set(reasons)).toEqual(new Set(["BAD_CREDENTIALS", "RATE_LIMITED"]));
    for (const way of ways) {
      const right = await way(servers[1].origin, { username: user.username, password });
      expect(new Set(right)).toEqual(new Set(["RATE_LIMITED"]));
    }
  });

  it("has the same tries while Redis is away", async () => {
    const backplane = createRedisBackplane({
      url: "redis://127.0.0.1:1",
      prefix: "",
      log: createLog("silent"),
    });
    await using alone = await testRuntime({ backplane });
    await using server = await openServer(alone, { trustedProxies: 0 });
    const { user } = await newcomer(alone);
    const guess = { username: user.username, password: "a wrong guess" };
    const reasons = (await Promise.all(ways.map((way) => way(server.origin, guess)))).flat();
    const more = (await Promise.all(ways.map((way) => way(server.origin, guess)))).flat();
    const tried = [...reasons, ...more].filter((reason) => reason === "BAD_CREDENTIALS");
    expect(tried).toHaveLength(triesPerAccount.points);
  });

  it("is one address, whatever they say before a proxy of ours adds the true one", async () => {
    const { user, password } = await newcomer(nodes[0]);
    const guess = { username: user.username, password };
    await using behindProxy = await openServer(nodes[0], { trustedProxies: 1 });
    const from = async (address: string) => {
      const response = await fetch(`${behindProxy.origin}/api/auth/login`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Forwarded-For": address },
        body: JSON.stringify(guess),
      });
      return response.status;
    };
    const { limits } = nodes[0].backplane;
    await limits.take(signInsPerAddress, addressKey("198.51.100.7"), signInsPerAddress.points);
    expect(await from("203.0.113.1, 198.51.100.7")).toBe(429);
    expect(await from("198.51.100.7, 203.0.113.1")).toBe(200);
    // Without a proxy of ours, what a client says of its address is nothing.
    await limits.take(signInsPerAddress, addressKey("127.0.0.1"), signInsPerAddress.points);
    for (const way of ways) {
      expect(new Set(await way(servers[0].origin, guess))).toEqual(new Set(["RATE_LIMITED"]));
    }
  });
});

describe("a flood of sign-ins", () => {
  it("leaves the chat its threads: messages and files pass it", async () => {
    const [node] = nodes;
    const { first, asFirst, roomId } = await openConversation(node);
    await using server = await openServer(node);
    const browser = { origin: server.origin, member: first };
    const { attachment } = await sendFile(browser, asFirst, roomId, Buffer.from("a file"));

    let unanswered = 60; // fewer than are turned away
    const flood = Array.from({ length: unanswered }, async () => {
      await verifyPassword(null, "a guess");
      unanswered -= 1;
    });
    const sent = await say(asFirst, roomId, "through the flood");
    const { bytes } = await download(browser, attachment.url);
    expect([sent.body, String(bytes)]).toEqual(["through the flood", "a file"]);
    expect(unanswered, "most of the flood still waits").toBeGreaterThan(30);
    await Promise.all(flood);
  });
});
