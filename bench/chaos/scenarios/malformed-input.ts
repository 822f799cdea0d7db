import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { makeRoom } from "../crowd";
import { Malformed } from "../malformed";
import { type Account, register } from "../person";
import { Random } from "../random";
import type { Scenario } from "../scenario";

/** What no answer may hold: a stack, a file, SQL. */
const inside = /\bat [^ ]+ \(|\.[cm]?[jt]s:\d+|node_modules|\/src\/|"stack"|SELECT |prisma/i;
const lanes = 8;

interface Target {
  http: string;
  ws: string;
  account: Account;
  roomId: string;
}

/** Sends bytes to a port and resolves to what came back within a moment. */
const knock = async (url: string, bytes: string): Promise<string> => {
  const { port } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.on("error", () => {});
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  socket.end(bytes, "latin1");
  await Promise.race([once(socket, "close").catch(() => {}), sleep(300, undefined, { ref: false })]);
  socket.destroy();
  return answer;
};

/** Twenty frames on one socket, or as many as it bears; the last one perhaps no frame at all. */
const chatter = async (malformed: Malformed, { ws: url, account, roomId }: Target): Promise<string> => {
  const path = malformed.chance(0.3) ? `/ws/${roomId}` : "/api/ws";
  const ws = new WebSocket(new URL(path, url), { headers: { cookie: account.cookie } });
  let answers = "";
  ws.on("message", (data) => {
    answers += data;
  });
  ws.on("error", () => {});
  await Promise.race([once(ws, "open").catch(() => {}), once(ws, "close")]);
  for (let sent = 0; sent < 20 && ws.readyState === WebSocket.OPEN; sent += 1) {
    if (malformed.chance(0.1)) ws.send(malformed.bytes(200));
    else ws.send(malformed.text(roomId));
    await sleep(1);
  }
  if (malformed.chance(0.3)) {
    const raw = (ws as unknown as { _socket: { write: (bytes: Buffer) => void } | null })._socket;
    raw?.write(malformed.bytes(100));
  }
  await sleep(20);
  ws.terminate();
  return answers;
};

const post = async (malformed: Malformed, { http, account, roomId }: Target): Promise<string> => {
  const path = malformed.chance(0.8)
    ? `/api/trpc/${malformed.procedure()}${malformed.one(["", "?batch=1", "?input=%7B", "?batch=1&input=[]"])}`
    : malformed.one([
        "/api/auth/login",
        "/api/contacts/",
        "/api/messages/x",
        "/api/docs",
        "/api/trpc/",
        "/api//",
      ]);
  const method = malformed.one(["POST", "POST", "GET", "PUT", "DELETE"]);
  const what = `${method} ${path}`;
  try {
    const response = await fetch(http + path, {
      method,
      headers: {
        cookie: account.cookie,
        "x-forwarded-for": account.ip,
        "content-type": malformed.one([
          "application/json",
          "application/json",
          "text/plain",
          "multipart/form-data",
          "x",
        ]),
      },
      ...(method !== "GET" && { body: malformed.text(roomId) }),
      signal: AbortSignal.timeout(5_000),
    });
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
    const text = isStream ? "" : await response.text();
    if (isStream) await response.body?.cancel();
    return response.status >= 500 && response.status !== 503
      ? `"stack" ${what} ${response.status} ${text}`
      : text;
  } catch (error) {
    return `"stack" ${what} ${error}`;
  }
};

export const malformedInput: Scenario = {
  id: "S2",
  what: "malformed handshakes, frames and bodies on every node",
  inShort: true,
  run: async ({ rig, seed, isShort }) => {
    const account = await register(rig.urls);
    const roomId = await makeRoom(rig.urls.database, [account]);
    const total = isShort ? 2_000 : 20_000;
    let sent = 0;
    const leaks: string[] = [];
    const lane = async (_: unknown, index: number) => {
      const malformed = new Malformed(new Random(seed + index));
      while (sent < total) {
        const web = rig.direct.web[index % 2] ?? "";
        const ws = (index % 4 < 2 ? rig.direct.ws : rig.direct.web)[index % 2] ?? "";
        const target: Target = { http: web, ws: ws.replace("http", "ws"), account, roomId };
        const kind = malformed.one(["handshake", "frames", "body", "body"]);
        let answer = "";
        if (kind === "handshake")
          answer = await knock(malformed.one([web, ws]), malformed.handshake(account.cookie));
        else if (kind === "frames") answer = await chatter(malformed, target);
        else answer = await post(malformed, target);
        sent += kind === "frames" ? 20 : 1;
        const leak = inside.exec(answer);
        if (leak) leaks.push(answer.slice(Math.max(0, leak.index - 100), leak.index + 200));
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    for (const leak of leaks.slice(0, 3)) console.log("    ", leak);
    const crashes = rig.nodes.flatMap(({ crash }) => crash ?? []);
    for (const crash of crashes) console.log("    ", crash);
    const isAlive = await Promise.all(
      rig.direct.web.map((url) => fetch(`${url}/readyz`).then(({ ok }) => ok)),
    );
    return [
      {
        what: `${sent} sent; processes that ended`,
        value: crashes.length + isAlive.filter((ok) => !ok).length,
        limit: 0,
      },
      { what: "answers that showed an inside, or were a 500", value: leaks.length, limit: 0 },
    ];
  },
};
