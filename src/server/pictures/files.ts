import type { Runtime } from "~/server/runtime";

/** Pictures a transaction: it holds their rows while the storage lets them go. */
const batchSize = 50;

export type PictureSize = "small" | "large";
export const pictureSizes: PictureSize[] = ["small", "large"];

/** Names a picture's file in the storage. */
export const pictureKey = (id: string, size: PictureSize): string => `${id}.${size}`;

/** Removes the pictures that nobody took in time or that another took the place of. Resolves to whether there may be more. */
export const collectPictures = ({ db, storage }: Pick<Runtime, "db" | "storage">): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Picture" WHERE "expiresAt" <= now() LIMIT ${batchSize} FOR UPDATE SKIP LOCKED`;
    const ids = rows.map(({ id }) => id);
    await storage.remove(ids.flatMap((id) => pictureSizes.map((size) => pictureKey(id, size))));
    await tx.picture.deleteMany({ where: { id: { in: ids } } });
    return ids.length === batchSize;
  });
