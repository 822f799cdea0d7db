import type { Installation } from "./installation";
import { seedPeople } from "./seed";

/** Somebody with a long list of rooms. */
export interface Inbox {
  cookie: string;
  /** The most recently active first, as the list has them. */
  rooms: { id: string; lastText: string }[];
}

/** What the message `seq` of a room says: each of them something that stands nowhere else. */
const textOf = (room: number, seq: number): string => `Room ${room}, message ${seq}:`;

/** Somebody who talks with `rooms` other people, `messages` each, by turns, and has read everything. */
export const seedInbox = async (
  installation: Installation,
  { rooms, messages }: { rooms: number; messages: number },
): Promise<Inbox> => {
  const { db } = installation;
  const { ids, cookies } = await seedPeople(installation, rooms + 1);
  const [me = "", ...others] = ids;
  const made = await db.room.createManyAndReturn({
    data: others.map((other) => ({
      kind: "DIRECT" as const,
      directKey: [me, other].sort().join(":"),
      lastSeq: messages,
      lastRev: messages,
    })),
    select: { id: true },
  });
  const roomIds = made.map(({ id }) => id);
  const membership = (roomId: string, userId: string) => ({
    roomId,
    userId,
    acceptedAt: new Date(),
    lastReadSeq: messages,
    lastDeliveredSeq: messages,
  });
  await db.membership.createMany({
    data: roomIds.flatMap((roomId, n) => [membership(roomId, me), membership(roomId, others[n] ?? "")]),
  });
  const roomsAtOnce = Math.ceil(5_000 / messages); // what a statement's time-out allows on a slow day
  for (let start = 0; start < rooms; start += roomsAtOnce) {
    const end = start + roomsAtOnce;
    await db.$executeRaw`
      INSERT INTO "Message" ("id", "roomId", "seq", "rev", "authorId", "clientId", "body", "createdAt")
      SELECT gen_random_uuid(), r."id", n, n, CASE n % 2 WHEN 0 THEN ${me}::uuid ELSE r."other" END, gen_random_uuid(),
        'Room ' || ${start}::int + r."place" || ', message ' || n || ': we meet at seven at the station; bring the map.',
        now() - make_interval(mins => ${start}::int + r."place"::int, secs => ${messages}::int - n)
      FROM unnest(${roomIds.slice(start, end)}::uuid[], ${others.slice(start, end)}::uuid[])
          WITH ORDINALITY AS r("id", "other", "place"),
        generate_series(1, ${messages}::int) n`;
  }
  await db.$executeRaw`ANALYZE "Message"`;
  return {
    cookie: cookies[0] ?? "",
    rooms: roomIds.map((id, index) => ({ id, lastText: textOf(index + 1, messages) })),
  };
};
