import { withClient } from "~/server/infra/databases";

export interface Backlog {
  roomId: string;
  authorId: string;
  count: number;
  body: string;
}

/** Puts messages into an empty room past every node, as if they had been written while somebody was away. */
export const writeBacklog = (
  databaseUrl: string,
  { roomId, authorId, count, body }: Backlog,
): Promise<void> =>
  withClient(databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO "Message" ("id", "roomId", "seq", "rev", "authorId", "clientId", "body", "createdAt")
       SELECT gen_random_uuid(), $1, n, n, $2, gen_random_uuid(), $4, now()
       FROM generate_series(1, $3::int) n`,
      [roomId, authorId, count, body],
    );
    await client.query(`UPDATE "Room" SET "lastSeq" = $2, "lastRev" = $2 WHERE "id" = $1`, [roomId, count]);
  });
