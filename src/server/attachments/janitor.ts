import { collectPictures } from "~/server/pictures/access";
import type { Runtime } from "~/server/runtime";
import { unsentMinutes } from "~/shared/limits";
import { thumbnailKey } from "./storage";

const everyMs = 5 * 60_000;
/** Files a transaction: it holds their rows while the storage lets them go. */
const batchSize = 50;

type Parts = Pick<Runtime, "db" | "storage" | "log">;

/**
 * Collects, now and every few minutes, what nobody needs. Every node that has the storage may run one: they do not get in
 * each other's way.
 */
export const startJanitor = (parts: Parts): { stop: () => Promise<void> } => {
  let running = Promise.resolve();
  const run = () => {
    running = running
      .then(() => collect(parts))
      .catch((error) => parts.log.warn({ err: error }, "files not collected; tried again shortly"));
  };
  run();
  const timer = setInterval(run, everyMs).unref();
  return {
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
};

/**
 * Removes files that no message took in time, those of deleted messages and rooms, and uploads that were given up.
 *
 * @param now the time that uploads are as old as, in ms since the epoch
 */
export const collect = async (parts: Parts, now = Date.now()): Promise<void> => {
  while ((await collectFiles(parts)) === batchSize);
  while (await collectPictures(parts));
  await sweepUploads(parts, now);
};

/** The file goes before its row: what is left after a crash between the two is found again. */
const collectFiles = ({ db, storage }: Parts): Promise<number> =>
  db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Attachment" WHERE "expiresAt" <= now() OR "roomId" IS NULL
      LIMIT ${batchSize} FOR UPDATE SKIP LOCKED`;
    const ids = rows.map(({ id }) => id);
    await storage.remove(keysOf(ids));
    await tx.attachment.deleteMany({ where: { id: { in: ids } } });
    return ids.length;
  });

/** Clears uploads that nobody wrote to for long, and the storage of files whose row was never made. */
const sweepUploads = async ({ db, storage }: Parts, now: number): Promise<void> => {
  const before = now - unsentMinutes * 60_000;
  for (const [id, touchedAt] of await storage.uploads.list()) {
    if (touchedAt > before) continue;
    if ((await db.attachment.count({ where: { id } })) === 0) await storage.remove(keysOf([id]));
    await storage.uploads.remove(id);
  }
};

const keysOf = (ids: string[]): string[] => ids.flatMap((id) => [id, thumbnailKey(id)]);
