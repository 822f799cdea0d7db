import type { Db, Tx } from "~/server/infra/db";
import type { Log } from "~/server/infra/log";
import type { Backplane } from "./backplane";
import { accountChannel } from "./channels";
import { RevWatch } from "./rev-watch";

/** Locks people's rows in their order, so that two changes about the same people cannot lock each other out. */
export const lockAccounts = async (tx: Tx, userIds: string[]): Promise<void> => {
  await tx.$queryRaw`
    SELECT "id" FROM "User" WHERE "id" = ANY(${userIds}::uuid[]) ORDER BY "id" FOR NO KEY UPDATE`;
};

/**
 * Notices every change of a person's rights (`User.rev`): sessions, memberships, requests, blocks. It says only *that*
 * something changed; who listens reads what is true now.
 */
export class AccountWatch {
  readonly #db: Db;
  readonly #backplane: Backplane;
  readonly #log: Log;
  readonly #revs: RevWatch<null>;

  constructor(db: Db, backplane: Backplane, log: Log) {
    this.#db = db;
    this.#backplane = backplane;
    this.#log = log;
    this.#revs = new RevWatch({
      backplane,
      log,
      channelOf: accountChannel,
      readRevs: async (ids) => {
        const rows = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, rev: true } });
        return new Map(rows.map((row) => [row.id, row.rev]));
      },
      parse: (message) => ({ rev: Number(message), event: null }),
    });
  }

  /**
   * Runs `work` in a transaction that advances these people's revs, and those of whom it names besides, and announces it
   * after the commit.
   */
  async change<T>(
    userIds: string[],
    work: (tx: Tx, alsoAffects: (userIds: string[]) => void) => Promise<T>,
  ): Promise<T> {
    const revs = new Map<string, number>();
    const result = await this.#db.$transaction(async (tx) => {
      const affected = new Set(userIds);
      const done = await work(tx, (others) => {
        for (const id of others) affected.add(id);
      });
      // Not in one statement with the update: that would lock the newest version of a row and then go for the one its
      // snapshot shows.
      await lockAccounts(tx, [...affected]);
      const rows = await tx.$queryRaw<{ id: string; rev: number }[]>`
        UPDATE "User" SET "rev" = "rev" + 1 WHERE "id" = ANY(${[...affected]}::uuid[]) RETURNING "id", "rev"`;
      for (const { id, rev } of rows) revs.set(id, rev);
      return done;
    });
    for (const [id, rev] of revs) {
      this.#backplane
        .publish(accountChannel(id), String(rev))
        .catch((error) => this.#log.debug({ err: error }, "announcement lost; the reconciler will find it"));
    }
    return result;
  }

  /** Calls `listener` after every change of this person's rights. Resolves to what ends it. */
  async watch(userId: string, listener: () => void): Promise<() => void> {
    return this.#revs.watch([userId], () => listener());
  }

  close(): void {
    this.#revs.close();
  }
}
