import { createHash } from "node:crypto";
import type { Tx } from "~/server/infra/db";

const hashOf = (username: string) => createHash("sha256").update(username).digest();

/** Sees to it that nobody is ever given this username again, and keeps nothing that says whose it was. */
export const retireUsername = async (tx: Tx, username: string): Promise<void> => {
  await tx.retiredUsername.create({ data: { hash: hashOf(username) }, select: { hash: true } });
};

export const isRetired = async (tx: Tx, username: string): Promise<boolean> =>
  (await tx.retiredUsername.count({ where: { hash: hashOf(username) } })) > 0;
