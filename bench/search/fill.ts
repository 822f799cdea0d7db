import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { foldForSearch } from "~/shared/fold-for-search";
import { Random } from "../chaos/random";
import { makeVocabulary, writeText } from "./texts";

const people = 200;
const rooms = 500;
const twoYearsMs = 2 * 365 * 24 * 60 * 60 * 1000;

/** Of a hundred messages twenty are in one room, twenty in four others, and the rest in all the others alike. */
const placeOf = (index: number): number => {
  const share = index % 100;
  if (share < 20) return 0;
  if (share < 40) return 1 + (share % 4);
  return 5 + ((index * 7) % (rooms - 5));
};

interface Filling {
  count: number;
  personIds: string[];
  roomIds: string[];
  seqs: number[];
}

function* rowsOf({ count, personIds, roomIds, seqs }: Filling, random: Random): Generator<string> {
  const vocabulary = makeVocabulary(random);
  const startMs = Date.now() - twoYearsMs;
  for (let index = 0; index < count; index += 1) {
    const room = placeOf(index);
    const seq = (seqs[room] ?? 0) + 1;
    seqs[room] = seq;
    // The first few write most.
    const author = personIds[Math.floor(people * random.next() ** 3)];
    const body = writeText(vocabulary, random);
    const createdAt = new Date(startMs + (index / count) * twoYearsMs).toISOString();
    const hasFile = index % 50 === 0;
    yield `${[randomUUID(), roomIds[room], seq, author, randomUUID(), body, foldForSearch(body), createdAt, hasFile].join("\t")}\n`;
  }
}

/** What is made anew after the rows: an index that grows row by row takes many times as long. */
const searchIndexes = ["Message_roomId_searchWords_idx", "Message_roomId_searchBody_idx"];

/** Fills an empty database with one person's rooms: `count` messages in them, of two years. The same texts each time. */
export const fill = async (client: pg.Client, count: number): Promise<void> => {
  const random = new Random(1);
  const personIds = Array.from({ length: people }, () => randomUUID());
  const roomIds = Array.from({ length: rooms }, () => randomUUID());
  const seqs: number[] = [];
  const { rows: indexes } = await client.query<{ indexdef: string }>(
    `SELECT indexdef FROM pg_indexes WHERE indexname = ANY($1)`,
    [searchIndexes],
  );
  for (const name of searchIndexes) await client.query(`DROP INDEX "${name}"`);
  await client.query(
    `INSERT INTO "User" ("id", "username", "displayName", "searchName", "passwordHash")
     SELECT id, 'person-' || n, 'Person ' || n, 'person ' || n || ' person-' || n, '-'
     FROM unnest($1::uuid[]) WITH ORDINALITY AS p(id, n)`,
    [personIds],
  );
  await client.query(
    `INSERT INTO "Room" ("id", "kind", "title") SELECT id, 'GROUP', 'Room ' || n FROM unnest($1::uuid[]) WITH ORDINALITY AS r(id, n)`,
    [roomIds],
  );
  await client.query(
    `INSERT INTO "Membership" ("roomId", "userId", "acceptedAt")
     SELECT r, p, now() FROM unnest($1::uuid[]) WITH ORDINALITY AS r(r, n), unnest($2::uuid[]) WITH ORDINALITY AS p(p, m)
     WHERE m = 1 OR (n + m) % 20 = 0`,
    [roomIds, personIds],
  );
  await client.query(
    `CREATE TEMP TABLE written (id uuid, room uuid, seq int, author uuid, client uuid, body text, folded text, at timestamptz, file bool)`,
  );
  const filling = { count, personIds, roomIds, seqs };
  await pipeline(Readable.from(rowsOf(filling, random)), client.query(copyFrom("COPY written FROM STDIN")));
  await client.query(
    `INSERT INTO "Message" ("id", "roomId", "seq", "rev", "authorId", "clientId", "body", "searchBody", "createdAt", "searchWords", "attachments")
     SELECT id, room, seq, seq, author, client, body, folded, at,
       to_tsvector('spanish', folded) || to_tsvector('english', folded),
       CASE WHEN file THEN '[{"id": "00000000-0000-4000-8000-000000000000", "name": "a.png", "type": "image/png", "size": 1, "width": 1, "height": 1, "blur": null, "hasThumbnail": false, "voice": null}]'::jsonb
         ELSE '[]'::jsonb END
     FROM written`,
  );
  await client.query(
    `INSERT INTO "Attachment" ("id", "ownerId", "roomId", "messageId", "name", "type", "size", "hasThumbnail", "sha256")
     SELECT gen_random_uuid(), author, room, id, 'a.png', 'image/png', 1, false, '' FROM written WHERE file`,
  );
  await client.query(
    `UPDATE "Room" r SET "lastSeq" = w.last, "lastRev" = w.last
     FROM (SELECT room, max(seq) AS last FROM written GROUP BY room) w WHERE w.room = r."id"`,
  );
  for (const { indexdef } of indexes) await client.query(indexdef);
  await client.query(`VACUUM ANALYZE`);
};

/** Who looks, and for whom and where. */
export interface Reader {
  id: string;
  largestRoom: string;
  smallRoom: string;
  frequentAuthor: string;
  rareAuthor: string;
}

/** Somebody who is in every room, or in one of twenty. */
export const findReader = async (client: pg.Client, username: "person-1" | "person-9"): Promise<Reader> => {
  const idOf = async (table: "User" | "Room", column: string, name: string): Promise<string> => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT "id" FROM "${table}" WHERE "${column}" = $1`,
      [name],
    );
    return rows[0]?.id ?? "";
  };
  return {
    id: await idOf("User", "username", username),
    largestRoom: await idOf("Room", "title", "Room 1"),
    smallRoom: await idOf("Room", "title", `Room ${rooms}`),
    frequentAuthor: await idOf("User", "username", "person-2"),
    rareAuthor: await idOf("User", "username", `person-${people}`),
  };
};
