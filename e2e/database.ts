import { parseEnv } from "~/env";
import { openNode } from "~/server/open-node";

/** The database of the chat that is tested, for what no door offers: a past, or more messages than one may send. */
export const openDatabase = async () => {
  const env = parseEnv({ DATA_DIR: process.env["E2E_DATA_DIR"] ?? "", LOG_LEVEL: "silent" });
  const node = await openNode(env, { join: true });
  return { db: node.runtime.db, [Symbol.asyncDispose]: () => node[Symbol.asyncDispose]() };
};
