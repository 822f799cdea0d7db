import { v7 as uuidv7 } from "uuid";
import {
  type AttachmentFacts,
  claim,
  lockUnsent,
  toFacts,
  type UnsentFile,
} from "~/server/attachments/access";
import { type Db, isUnavailable, type Tx } from "~/server/infra/db";
import { commitSeconds, commitSize, sends as sendsCounted } from "~/server/infra/metrics";
import type { Change } from "~/server/realtime/events";
import type { RoomWatch } from "~/server/realtime/room-watch";
import { type View, viewKey, viewRows } from "~/server/rooms/access";
import { AppError } from "~/shared/errors";
import { foldForSearch } from "~/shared/fold-for-search";
import type { Message } from "~/shared/messages";
import { type BatchResult, GroupCommit } from "./group-commit";
import { insertAdded } from "./insert-added";
import type { StoredNotice } from "./notice";
import { storePlainSends } from "./plain-sends";
import { byKey, keyOf, type MessageRow, messageColumns } from "./rows";

/** A send that was validated and authorised. */
export interface Send {
  roomId: string;
  authorId: string;
  clientId: string;
  body: string;
  attachmentIds: string[];
  replyToSeq: number | null;
  notice: StoredNotice | null;
}

/** The message as it is stored, and whether this commit stored it. */
export interface Sent {
  change: Change;
  isNew: boolean;
}

interface Numbered extends Send {
  attachments: AttachmentFacts[];
  id: string;
  seq: number;
  rev: number;
}

/**
 * Stores sends. The rooms are locked in the order of their ids; each new message takes its room's next seq and rev under
 * that lock; a `clientId` that exists is answered with the message that has it.
 *
 * @returns for each send its message, or what is wrong with it: `ROOM_NOT_FOUND` where the author is a member no longer,
 * `ROOM_CLOSED`,
 * `ATTACHMENT_NOT_FOUND` where a file is not theirs to send there, `CLIENT_ID_REUSED` where the id stands for another message
 */
export const storeSends = async (tx: Tx, sends: Send[]): Promise<BatchResult<Sent>[]> => {
  const counters = await lockRooms(tx, sends);
  const [members, known] = [await findMembers(tx, sends), await findByClientId(tx, sends)];
  const unsent = await lockUnsent(
    tx,
    sends.flatMap((send) => send.attachmentIds),
  );
  const added = new Map<string, Numbered>();
  const refusals = new Map<string, AppError>();
  for (const send of sends) {
    const key = keyOf(send);
    if (known.has(key) || added.has(key)) continue;
    const room = counters.get(send.roomId);
    const isMember = members.has(viewKey({ userId: send.authorId, roomId: send.roomId }));
    const attachments = takeFiles(unsent, send);
    if (room && !room.isClosed && isMember && attachments) {
      room.seq += 1;
      room.rev += 1;
      added.set(key, { ...send, attachments, id: uuidv7(), seq: room.seq, rev: room.rev });
    } else if (!isMember) refusals.set(key, new AppError("ROOM_NOT_FOUND"));
    else refusals.set(key, new AppError(room?.isClosed ? "ROOM_CLOSED" : "ATTACHMENT_NOT_FOUND"));
  }
  const inserted = await insert(tx, [...added.values()]);
  await claim(tx, [...added.values()].flatMap(claimsOf));
  return sends.map((send) => {
    const key = keyOf(send);
    const change = inserted.get(key) ?? known.get(key);
    return change ? answer(send, change, inserted.has(key)) : { error: refusals.get(key) };
  });
};

/** The files that this send asks for, taken out of `unsent`; null, and none taken, where not all of them are there for it. */
const takeFiles = (unsent: Map<string, UnsentFile>, send: Send): AttachmentFacts[] | null => {
  const files = send.attachmentIds.flatMap((id) => unsent.get(id) ?? []);
  const isTheirs = files.every((file) => file.ownerId === send.authorId && file.roomId === send.roomId);
  if (!isTheirs || files.length < send.attachmentIds.length) return null;
  for (const { id } of files) unsent.delete(id);
  return files.map(toFacts);
};

const claimsOf = ({ id: messageId, attachments }: Numbered): { id: string; messageId: string }[] =>
  attachments.map(({ id }) => ({ id, messageId }));

/** The node's one way to store messages: batches them, commits, then announces. */
export interface Sends {
  /**
   * Stores a send. `check` is asked only where something may speak against it or has to be done first; it throws what is
   * wrong.
   */
  store: (send: Send, check: () => Promise<void>) => Promise<Sent>;
  /** How many wait for the next commit. */
  readonly waiting: number;
  /** Batches committed since the start: sends per commit tell how much was shared. */
  readonly commits: number;
  /** Resolves once everything so far has been answered. */
  drain: () => Promise<void>;
}

interface Submitted extends Send {
  isChecked: boolean;
}

/** @param onNew is given the new messages that every member may see */
export const createSends = (db: Db, rooms: RoomWatch, onNew: (messages: Message[]) => void): Sends => {
  /** For each send what was stored; null for one that is to be checked. */
  const commit = async (sends: Submitted[]): Promise<BatchResult<Sent | null>[]> => {
    const unchecked = sends.filter(({ isChecked }) => !isChecked);
    const checked = sends.filter(({ isChecked }) => isChecked);
    const results = new Map<Submitted, BatchResult<Sent | null>>(
      unchecked.map((send) => [send, { ok: null }]),
    );
    for (const [send, change] of await storePlainSends(db, unchecked)) {
      results.set(send, { ok: { change, isNew: true } });
    }
    announceSent(rooms, storedIn(results.values()));
    if (checked.length === 0) return [...results.values()];
    const thorough = await db.$transaction((tx) => storeSends(tx, checked));
    announceSent(rooms, storedIn(thorough));
    for (const [index, send] of checked.entries()) results.set(send, thorough[index] ?? { ok: null });
    return sends.map((send) => results.get(send) ?? { ok: null });
  };

  const group = new GroupCommit<Submitted, Sent | null>(async (sends) => {
    const committed = commitSeconds.startTimer();
    const results = await commit(sends);
    committed();
    commitSize.observe(sends.length);
    const sent = storedIn(results);
    const stored = sent.filter(({ isNew }) => isNew);
    onNew(stored.flatMap(({ change }) => (change.onlyFor === null ? change.message : [])));
    sendsCounted.inc({ result: "stored" }, stored.length);
    sendsCounted.inc({ result: "known" }, sent.length - stored.length);
    return results;
  }, isUnavailable);

  return {
    store: async (send, check) => {
      const stored = await group.submit({ ...send, isChecked: false });
      if (stored) return stored;
      await check();
      const sent = await group.submit({ ...send, isChecked: true });
      if (!sent) throw new Error("a checked send was neither stored nor refused");
      return sent;
    },
    get waiting() {
      return group.waiting;
    },
    get commits() {
      return group.commits;
    },
    drain: () => group.drain(),
  };
};

const storedIn = (results: Iterable<BatchResult<Sent | null>>): Sent[] =>
  [...results].flatMap((result) => ("ok" in result && result.ok ? [result.ok] : []));

/** Tells what was stored, in the order of each room. Call it after the commit. */
export const announceSent = (rooms: RoomWatch, sent: Sent[]): void => {
  const changes = new Map<string, Change[]>();
  for (const { change, isNew } of sent) {
    if (!isNew) continue;
    const { roomId } = change.message;
    changes.set(roomId, [...(changes.get(roomId) ?? []), change]);
  }
  for (const [roomId, some] of changes) {
    some.sort((a, b) => a.message.rev - b.message.rev);
    rooms.publish(roomId, { type: "changes", changes: some });
  }
};

const answer = (send: Send, change: Change, isNew: boolean): BatchResult<Sent> =>
  isSame(send, change.message) ? { ok: { change, isNew } } : { error: new AppError("CLIENT_ID_REUSED") };

/** Whether this message is what was to be sent, as far as it still shows. */
const isSame = (send: Send, message: Message): boolean => {
  if (message.roomId !== send.roomId) return false;
  if (message.deletedAt) return true;
  const files = message.attachments.map(({ id }) => id);
  const isSameFiles = files.join() === send.attachmentIds.join();
  return isSameFiles && (message.editedAt !== null || message.body === send.body);
};

interface Counted {
  seq: number;
  rev: number;
  isClosed: boolean;
}

const lockRooms = async (tx: Tx, sends: Send[]): Promise<Map<string, Counted>> => {
  const ids = [...new Set(sends.map((send) => send.roomId))];
  const rows = await tx.$queryRaw<(Counted & { id: string })[]>`
    SELECT "id", "lastSeq" AS "seq", "lastRev" AS "rev", "closedAt" IS NOT NULL AS "isClosed"
    FROM "Room" WHERE "id" = ANY(${ids}::uuid[]) ORDER BY "id" FOR NO KEY UPDATE`;
  return new Map(rows.map(({ id, ...room }) => [id, room]));
};

/** Asked under the room's lock, which every change of a group's members takes: who was removed writes no more. */
const findMembers = async (tx: Tx, sends: Send[]): Promise<Set<string>> => {
  const authors = sends.map(({ authorId, roomId }) => ({ userId: authorId, roomId }));
  const rows = await tx.$queryRaw<View[]>`
    SELECT m."userId", m."roomId" FROM ${viewRows(authors)}
    JOIN "Membership" m ON m."roomId" = v."roomId" AND m."userId" = v."userId"`;
  return new Set(rows.map(viewKey));
};

const findByClientId = async (tx: Tx, sends: Send[]): Promise<Map<string, Change>> => {
  const rows = await tx.$queryRaw<MessageRow[]>`
    SELECT ${messageColumns}
    FROM unnest(${sends.map((send) => send.authorId)}::uuid[], ${sends.map((send) => send.clientId)}::uuid[])
      AS asked("authorId", "clientId")
    JOIN "Message" m ON m."authorId" = asked."authorId" AND m."clientId" = asked."clientId"
    JOIN "User" u ON u."id" = m."authorId"`;
  return byKey(rows);
};

const insert = async (tx: Tx, messages: Numbered[]): Promise<Map<string, Change>> => {
  if (messages.length === 0) return new Map();
  const column = <K extends keyof Numbered>(name: K) => messages.map((message) => message[name]);
  const rows = await tx.$queryRaw<MessageRow[]>`
    WITH added AS (
      SELECT * FROM unnest(
        ${column("id")}::uuid[], ${column("roomId")}::uuid[], ${column("seq")}::int[], ${column("rev")}::int[],
        ${column("authorId")}::uuid[], ${column("clientId")}::uuid[], ${column("body")}::text[],
        ${messages.map(({ body }) => foldForSearch(body))}::text[], ${column("replyToSeq")}::int[],
        ${messages.map(({ attachments }) => JSON.stringify(attachments))}::jsonb[],
        ${messages.map(({ notice }) => notice && JSON.stringify(notice))}::jsonb[]
      ) AS a("id", "roomId", "seq", "rev", "authorId", "clientId", "body", "searchBody", "replyToSeq", "attachments",
        "notice")
    ), ${insertAdded}`;
  return byKey(rows);
};
