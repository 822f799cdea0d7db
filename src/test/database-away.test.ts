/** While the database is away nothing is allowed: every procedure, asked by everybody who could be let in. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSessions } from "~/server/auth/session";
import { createTokens } from "~/server/auth/tokens";
import type { OwnedRuntime } from "~/server/create-runtime";
import { createDb } from "~/server/infra/db";
import type { Runtime } from "~/server/runtime";
import { directly, overRest } from "./doors";
import { permissions } from "./permissions";
import { testRuntime, testSecretKey } from "./runtime";
import { openScene } from "./scene";
import { openServer } from "./server";

let node: OwnedRuntime;
beforeAll(async () => {
  node = await testRuntime();
});
afterAll(() => node[Symbol.asyncDispose]());

/** A node that knows everything of the first one but where its database is. */
const cutOff = (): Runtime => {
  const db = createDb("postgresql://127.0.0.1:1/absent");
  const keys = { db, secretKey: testSecretKey };
  return {
    ...node,
    db,
    sessions: createSessions({ ...keys, secureCookie: false }),
    tokens: createTokens({ ...keys, accessTokenMinutes: 15 }),
  };
};

it("lets nobody do anything", async ({ annotate }) => {
  const scene = await openScene(node);
  const away = cutOff();
  await using server = await openServer(away);
  const call = directly(away);
  let refused = 0;
  for (const { path, row } of permissions) {
    for (const actor of [undefined, scene.outsider, scene.peer, scene.owner]) {
      const asked = { path, input: row.input(scene), actor };
      const isNobody = actor === undefined && row.comes[0] === "NOT_SIGNED_IN";
      // Tries with a password count, though none can be answered.
      const comes = isNobody ? ["NOT_SIGNED_IN"] : ["UNAVAILABLE", "RATE_LIMITED"];
      expect(comes, path).toContain(await call(asked));
      refused += 1;
      if (row.rest === null) continue;
      expect(comes, `${path} by REST`).toContain(await overRest(server.origin, row.rest)(asked));
      refused += 1;
    }
  }
  await annotate(`${permissions.length} procedures, ${refused} calls, 0 allowed`);
});
