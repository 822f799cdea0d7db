/**
 * Who may do what (`permissions.ts`), at every door. A row says what comes of a call by somebody who is signed out, a
 * stranger, the peer, and the owner, and every door has to give that answer. What a stranger may not
 * know of is answered, to the letter, as what does not exist.
 */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { operations } from "~/server/rest/operations";
import { realtimeRouter } from "~/server/trpc/root";
import {
  answerOverHttp,
  answerOverRest,
  type Door,
  directly,
  inBatch,
  kindOf,
  type Outcome,
  overHttp,
  overRest,
  overSocket,
  procedurePaths,
} from "./doors";
import { permissions, type Row } from "./permissions";
import { openPlain } from "./plain-client";
import { testRuntime } from "./runtime";
import { openScene, type Scene } from "./scene";
import { openServer, type TestServer } from "./server";

let node: OwnedRuntime;
let server: TestServer;
/** For calls that change nothing. */
let readOnly: Scene;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
  readOnly = await openScene(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

/** What comes of the calls of all four, one after the other. */
const tryAll = async (
  door: Door,
  { path, row, scene }: { path: string; row: Row<unknown>; scene: Scene },
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const actor of [undefined, scene.outsider, scene.peer, scene.owner]) {
    outcomes.push(await door({ path, input: row.input(scene), actor }));
  }
  return outcomes;
};

const isRealtime = (path: string): boolean => path in realtimeRouter._def.procedures;

/** Every door that a procedure has, and what has to come of it there. */
const doorsOf = (path: string, { comes, rest }: Row<unknown>): [name: string, Door, Outcome[]][] => [
  ["called directly", directly(node), comes],
  ...(kindOf(path) === "subscription"
    ? []
    : ([
        ["over HTTP", overHttp(server.origin), comes],
        ["in a batch", inBatch(server.origin), comes],
      ] as [string, Door, Outcome[]][])),
  ["over the WebSocket", overSocket(server.origin), isRealtime(path) ? comes : comes.map(() => "NOT_FOUND")],
  ...(rest === null
    ? []
    : ([["over REST", overRest(server.origin, rest), comes]] as [string, Door, Outcome[]][])),
];

/** The same input about rooms, invitations and people that are nobody's. */
const aboutNobody = (input: unknown): unknown =>
  JSON.parse(JSON.stringify(input), (_, value) => (isUuid(value) ? randomUUID() : value));

const isUuid = (value: unknown): boolean =>
  typeof value === "string" && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value);

/** What a stranger is refused as if it were not there. */
const hidden = permissions.filter(({ row }) => row.comes[1].endsWith("_NOT_FOUND"));

describe("who may do what", () => {
  let answers = 0;

  it("is declared for every procedure and every operation of REST", () => {
    expect(permissions.map(({ path }) => path).sort()).toEqual([...procedurePaths].sort());
    expect(permissions.flatMap(({ row }) => row.rest ?? []).sort()).toEqual(
      operations.map(({ id }) => id).sort(),
    );
  });

  it.each(permissions)("$path", async ({ path, row }) => {
    const scene = kindOf(path) === "mutation" ? await openScene(node) : readOnly;
    for (const [index, [name, door, comes]] of doorsOf(path, row).entries()) {
      const own = row.once && index > 0 ? await openScene(node) : scene;
      expect(await tryAll(door, { path, row, scene: own }), name).toEqual(comes);
      answers += comes.length;
    }
  });

  it("was asked of everybody at every door", async ({ annotate }) => {
    const doors = permissions.map(({ path, row }) => doorsOf(path, row).length);
    expect(answers).toBe(4 * doors.reduce((sum, count) => sum + count, 0));
    await annotate(`${permissions.length} procedures, ${answers} answers, 0 mismatches`);
  });

  it("is answered to a stranger, to the letter, as if there were nothing", async ({ annotate }) => {
    const scene = readOnly;
    const actor = scene.outsider;
    let compared = 0;
    for (const { path, row } of hidden) {
      const input = row.input(scene);
      const calls = [input, aboutNobody(input)].map((asked) => ({ path, input: asked, actor }));
      const doors = [
        ...(kindOf(path) === "subscription" ? [] : [answerOverHttp(server.origin)]),
        ...(row.rest === null ? [] : [answerOverRest(server.origin, row.rest)]),
      ];
      for (const ask of doors) {
        const [forbidden, absent] = await Promise.all(calls.map(ask));
        expect(forbidden, path).toMatchObject({ status: 404 });
        expect(forbidden, path).toEqual(absent);
        compared += 1;
      }
    }
    expect(hidden.length).toBeGreaterThan(20);
    await annotate(`${compared} pairs of answers, 0 differences`);
  });

  it("is the same on the plain WebSocket", async () => {
    const plain: Door = async ({ actor, input }) => {
      const { roomId } = input as { roomId: string };
      await using client = openPlain(
        server.origin,
        `${roomId}?since=0${actor ? `&token=${actor.token}` : ""}`,
      );
      client.ws.once("open", () => client.say({ type: "message", body: "hola" }));
      const refused = client.hear("error").then(([frame]) => String(frame?.["code"]));
      const sent = Promise.all([client.hear("ack"), client.hear("message", 3)]).then(() => "ok");
      return await Promise.any([refused, sent]);
    };
    const send = permissions.find(({ path }) => path === "messages.send") ?? expect.fail("no row");
    const scene = await openScene(node);
    expect(await tryAll(plain, { ...send, scene })).toEqual(send.row.comes);
  });
});
