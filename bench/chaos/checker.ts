import { withClient } from "~/server/infra/databases";
import type { Crowd } from "./crowd";

/** What was found wrong, by kind: a line each. */
export interface Verdict {
  acknowledged: number;
  stored: number;
  lost: string[];
  doubled: string[];
  reordered: string[];
  gaps: string[];
}

interface Row {
  id: string;
  roomId: string;
  seq: number;
  rev: number;
  authorId: string;
  body: string;
}

const duplicates = (values: string[]): string[] => {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
};

/** The number at the end of a body: its place among what its author wrote. */
const countOf = (body: string): number => Number(body.split(" ").at(-1));

/**
 * Compares the acknowledgements, every screen and the database, once everything has come to rest. Knows nothing of how
 * the chat works: every body is written once, and each author's bodies are numbered.
 */
export const check = async (databaseUrl: string, crowd: Crowd): Promise<Verdict> => {
  const { rows, rooms } = await withClient(databaseUrl, async (client) => ({
    rows: (
      await client.query<Row>(
        `SELECT "id", "roomId", "seq", "rev", "authorId", "body" FROM "Message"
         WHERE "roomId" = ANY($1) ORDER BY "roomId", "seq"`,
        [crowd.roomIds],
      )
    ).rows,
    rooms: (
      await client.query<{ id: string; lastSeq: number; lastRev: number }>(
        `SELECT "id", "lastSeq", "lastRev" FROM "Room" WHERE "id" = ANY($1)`,
        [crowd.roomIds],
      )
    ).rows,
  }));
  const verdict: Verdict = {
    acknowledged: crowd.acks.length,
    stored: rows.length,
    lost: [],
    doubled: duplicates(rows.map(({ body }) => body)).map((body) => `stored twice: ${body}`),
    reordered: [],
    gaps: [],
  };
  checkAcks(verdict, crowd, rows);
  for (const room of rooms)
    checkRoom(
      verdict,
      crowd,
      room,
      rows.filter(({ roomId }) => roomId === room.id),
    );
  return verdict;
};

/** Everything acknowledged is stored, as and where the acknowledgement said. */
const checkAcks = (verdict: Verdict, crowd: Crowd, rows: Row[]): void => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { message } of crowd.acks) {
    const row = byId.get(message.id);
    if (!row || row.body !== message.body) verdict.lost.push(`acknowledged, not stored: ${message.body}`);
    else if (row.seq !== message.seq)
      verdict.reordered.push(`acknowledged at another place: ${message.body}`);
  }
};

const checkRoom = (
  verdict: Verdict,
  crowd: Crowd,
  { id, lastSeq, lastRev }: { id: string; lastSeq: number; lastRev: number },
  rows: Row[],
): void => {
  const isWhole = rows.every(({ seq }, index) => seq === index + 1) && lastSeq === rows.length;
  if (!isWhole) verdict.gaps.push(`room ${id}: the numbers of its messages have gaps`);
  if (lastRev !== Math.max(0, ...rows.map(({ rev }) => rev)))
    verdict.gaps.push(`room ${id}: lastRev is wrong`);

  const counts = new Map<string, number>();
  for (const { authorId, body } of rows) {
    if (countOf(body) < (counts.get(authorId) ?? 0))
      verdict.reordered.push(`out of its author's order: ${body}`);
    counts.set(authorId, countOf(body));
  }

  const stored = rows.map(({ id: messageId }) => messageId);
  for (const { screen, roomId, device } of crowd.members) {
    if (roomId !== id) continue;
    const who = device.account.name;
    const shown = screen.shown.map((message) => message.id);
    const missing = stored.length - new Set(shown).size;
    if (missing > 0) verdict.lost.push(`${who}'s screen lacks ${missing} of ${stored.length}`);
    if (duplicates(screen.shown.map(({ body }) => body)).length > 0)
      verdict.doubled.push(`on ${who}'s screen`);
    if (missing === 0 && shown.join() !== stored.join()) verdict.reordered.push(`${who}'s screen`);
    if (screen.inversions > 0) verdict.reordered.push(`${who} saw ${screen.inversions} come out of order`);
    if (screen.holes > 0) verdict.gaps.push(`${who} saw ${screen.holes} holes`);
  }
};

export const findings = ({ lost, doubled, reordered, gaps }: Verdict): string[] => [
  ...lost.map((text) => `lost: ${text}`),
  ...doubled.map((text) => `doubled: ${text}`),
  ...reordered.map((text) => `reordered: ${text}`),
  ...gaps.map((text) => `gap: ${text}`),
];
