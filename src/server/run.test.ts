import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Message } from "~/shared/messages";
import { openConversation } from "~/test/conversation";
import { testDatabase } from "~/test/database";
import { exitCode, readyAt, startProcess } from "~/test/process";
import { redisEnv, testRuntime, testSecretKey } from "~/test/runtime";
import { listen, openClient } from "~/test/socket";
import { socketPath } from "./ws-server";

const nowhere = "postgresql://127.0.0.1:9/charla";

test.each([
  ["a setting that is none", { PORT: "http" }, /^PORT: must be a port number$/],
  ["no PostgreSQL there", { DATABASE_URL: nowhere }, /^DATABASE_URL: 127.0.0.1:9\/charla .*ECONNREFUSED/],
  [
    "no secret in production",
    { NODE_ENV: "production", DATABASE_URL: nowhere },
    /^SECRET_KEY: is required in production/,
  ],
  [
    "a data folder that cannot be",
    { DATA_DIR: "package.json/data" },
    /^DATA_DIR: cannot write to .*package\.json\/data/,
  ],
])("npm start says in one line: %s", async (_, env, line) => {
  const server = startProcess("src/server/main.ts", env);
  expect(await exitCode(server)).toBe(1);
  expect(server.output.err.trim().split("\n")).toEqual([expect.stringMatching(line)]);
});

test("a port that is taken is said in one line", async () => {
  const other = createServer().listen(0);
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const DATABASE_URL = await testDatabase();
  const server = startProcess("wssDevServer.ts", { WS_PORT: String(port), DATABASE_URL });
  expect(await exitCode(server)).toBe(1);
  expect(server.output.err).toBe(`WS_PORT: port ${port} is taken; choose another\n`);
});

test("a server with no configuration says where it is ready, and SIGTERM ends it cleanly", async () => {
  const server = startProcess("wssDevServer.ts", { WS_PORT: "0" });
  expect((await fetch(`http://${await readyAt(server)}/readyz`)).status).toBe(200);
  server.child.kill("SIGTERM");
  expect(await exitCode(server)).toBe(0);
  expect(server.output.err).toBe("");
});

test("two WebSocket servers, each a process, serve two people of one room", async () => {
  await using node = await testRuntime();
  const { first, second, roomId } = await openConversation(node);
  const env = { WS_PORT: "0", DATABASE_URL: await testDatabase(), SECRET_KEY: testSecretKey, ...redisEnv() };
  const servers = [startProcess("wssDevServer.ts", env), startProcess("wssDevServer.ts", env)];
  const [one, two] = await Promise.all(servers.map(readyAt));
  await using asFirst = openClient(`ws://${one}${socketPath}`, first);
  await using asSecond = openClient(`ws://${two}${socketPath}`, second);

  type Tracked = { data: Message };
  const heard = await Promise.all(
    [asFirst, asSecond].map(({ api }) =>
      listen<Tracked>((handlers) => api.messages.onMessage.subscribe({ roomId, lastEventId: "0" }, handlers)),
    ),
  );
  const said = ["uno", "dos", "tres", "cuatro"];
  for (const [index, body] of said.entries()) {
    const { api } = index % 2 === 0 ? asFirst : asSecond;
    await api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body });
  }
  await vi.waitFor(
    () => {
      for (const { data } of heard) expect(data.map((tracked) => tracked.data.body)).toEqual(said);
    },
    { timeout: 10_000 },
  );
});
