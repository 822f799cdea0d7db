import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message, MessagePage } from "~/shared/messages";
import { aUser } from "~/test/summaries";
import { type PageRequest, RoomTimeline } from "./room-timeline";

const ada = aUser("ada", { id: "0197aaaa-0000-7000-8000-00000000000a" });
const roomId = "0197aaaa-0000-7000-8000-0000000000ff";

const message = (seq: number, rev = seq, body = `message ${seq} at ${rev}`): Message => ({
  id: `0197aaaa-0000-7000-8000-${String(seq).padStart(12, "0")}`,
  clientId: `0197bbbb-0000-4000-8000-${String(seq).padStart(12, "0")}`,
  roomId,
  seq,
  rev,
  author: ada,
  body,
  createdAt: new Date(Date.UTC(2026, 0, 1, 12, seq)),
  editedAt: null,
  deletedAt: null,
  replyToSeq: null,
  reactions: [],
  attachments: [],
  notice: null,
});

/** What the server would answer from a room that looks like this. */
const pageOf = (
  room: readonly Message[],
  { before, after }: PageRequest,
  { limit, lastSeq }: { limit: number; lastSeq: number },
): MessagePage => {
  const matching = room.filter(
    ({ seq }) => (before === undefined || seq < before) && (after === undefined || seq > after),
  );
  const items = after === undefined ? matching.slice(-limit) : matching.slice(0, limit);
  const edge = after === undefined ? items[0] : items.at(-1);
  return {
    items,
    rev: Math.max(0, ...room.map(({ rev }) => rev)),
    lastSeq,
    nextCursor: matching.length > items.length ? (edge?.seq ?? null) : null,
  };
};

const seqs = (timeline: RoomTimeline) => timeline.window.messages.map(({ seq }) => seq);
const room = Array.from({ length: 30 }, (_, index) => message(index + 1));
const page = (request: PageRequest, messages = room) =>
  pageOf(messages, request, { limit: 10, lastSeq: messages.at(-1)?.seq ?? 0 });

describe("RoomTimeline", () => {
  it("leaves out what one has deleted for oneself, and shows it again where it stood", () => {
    const timeline = new RoomTimeline({}, page({}));
    timeline.applyChange({ ...message(25, 31, ""), hidden: true });
    expect(seqs(timeline)).toEqual([21, 22, 23, 24, 26, 27, 28, 29, 30]);
    // A page that was on its way knows nothing of it yet.
    timeline.addPage({ after: 20 }, page({ after: 20 }));
    expect(seqs(timeline)).not.toContain(25);
    timeline.applyChange(message(25, 32));
    expect(seqs(timeline)).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
  });

  it("opens at the newest page, and grows towards the past until there is none", () => {
    const timeline = new RoomTimeline({}, page({}));
    expect(timeline.window).toMatchObject({ olderBefore: 21, newerAfter: null });

    timeline.addPage({ before: 21 }, page({ before: 21 }));
    timeline.addPage({ before: 11 }, page({ before: 11 }));
    expect(seqs(timeline)).toEqual(room.map(({ seq }) => seq));
    expect(timeline.window.olderBefore).toBeNull();
  });

  it("opens in the middle, keeps new messages back, and joins them when the pages in between have come", () => {
    const timeline = new RoomTimeline({ after: 5 }, page({ after: 5 }));
    expect(timeline.window).toMatchObject({ olderBefore: 6, newerAfter: 15 });

    timeline.applyChange(message(31));
    expect(seqs(timeline).at(-1)).toBe(15);

    timeline.addPage({ after: 15 }, page({ after: 15 }));
    timeline.addPage({ after: 25 }, page({ after: 25 }));
    expect(seqs(timeline).at(-1)).toBe(31);
    expect(timeline.window.newerAfter).toBeNull();
  });

  it("jumps to the newest page and finds the old stretch again by scrolling up", () => {
    const timeline = new RoomTimeline({ after: 0 }, page({ after: 0 }));
    timeline.moveTo({}, page({}));
    expect(seqs(timeline)[0]).toBe(21);
    timeline.addPage({ before: 21 }, page({ before: 21 }));
    expect(seqs(timeline)).toHaveLength(30);
  });

  it("appends the answer to a send at once when it is the next message, and otherwise waits for the stream", () => {
    const timeline = new RoomTimeline({}, page({}));
    timeline.applyMessage(message(31));
    expect(seqs(timeline).at(-1)).toBe(31);

    timeline.applyMessage(message(33));
    expect(seqs(timeline).at(-1)).toBe(31);
    expect(timeline.window.newerAfter).toBeNull();
    timeline.applyChange(message(31));
    timeline.applyChange(message(32));
    expect(seqs(timeline).slice(-3)).toEqual([31, 32, 33]);
  });

  it("is not held up by messages that are not for this viewer", () => {
    const mine = room.filter(({ seq }) => seq !== 14 && seq !== 20 && seq !== 30);
    const answer = (request: PageRequest) => pageOf(mine, request, { limit: 10, lastSeq: 30 });
    const timeline = new RoomTimeline({}, answer({}));
    const oldest = timeline.window.olderBefore ?? 0;
    timeline.addPage({ before: oldest }, answer({ before: oldest }));
    timeline.applyChange(message(32));
    expect(seqs(timeline)).toEqual([...mine.slice(-20).map(({ seq }) => seq), 32]);
  });

  it("does not let a page overwrite a change that is newer", () => {
    const timeline = new RoomTimeline({}, page({}));
    const late = page({ before: 21 });
    timeline.applyChange(message(15, 31, "edited"));
    timeline.addPage({ before: 21 }, late);
    expect(timeline.window.messages.find(({ seq }) => seq === 15)?.body).toBe("edited");
  });

  it("keeps the same window object while nothing in it changes", () => {
    const timeline = new RoomTimeline({}, page({}));
    const { window } = timeline;
    timeline.applyChange(message(30));
    timeline.applyChange(message(2, 31));
    expect(timeline.window).toBe(window);
    timeline.applyChange(message(29, 32));
    expect(timeline.window).not.toBe(window);
  });

  it("is empty, with nothing to load, in a room without messages", () => {
    const timeline = new RoomTimeline({}, page({}, []));
    expect(timeline.window).toEqual({ messages: [], olderBefore: null, newerAfter: null });
    timeline.applyChange(message(1));
    expect(seqs(timeline)).toEqual([1]);
  });

  it("comes to the same state whatever the order, repetition and omission of superseded states", () => {
    // A history: each step makes a message or edits one. Some messages are not for this viewer.
    const history = fc.array(fc.record({ edit: fc.option(fc.nat(), { freq: 2 }), hidden: fc.boolean() }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(history, fc.nat(), fc.infiniteStream(fc.nat()), (steps, start, random) => {
        const pick = (below: number) => (random.next().value ?? 0) % below;
        const present: Message[] = [];
        const versions: { rooms: Message[][]; lastSeqs: number[] } = { rooms: [[]], lastSeqs: [0] };
        const changes: Message[] = [];
        let lastSeq = 0;
        steps.forEach(({ edit, hidden }, index) => {
          const rev = index + 1;
          if (edit !== null && present.length > 0) {
            const at = edit % present.length;
            const seq = present[at]?.seq ?? 0;
            present[at] = message(seq, rev);
            changes.push(message(seq, rev));
          } else {
            lastSeq += 1;
            if (!hidden) {
              present.push(message(lastSeq, rev));
              changes.push(message(lastSeq, rev));
            }
          }
          versions.rooms.push([...present]);
          versions.lastSeqs.push(lastSeq);
        });
        const answerAt = (version: number, request: PageRequest, limit = 5) =>
          pageOf(versions.rooms[version] ?? [], request, { limit, lastSeq: versions.lastSeqs[version] ?? 0 });

        const opened = start % versions.rooms.length;
        let timeline = new RoomTimeline({}, answerAt(opened, {}));
        const { rev } = timeline;
        let reloadedAt = 0;
        const latest = new Map(changes.map((change) => [change.seq, change.rev]));
        const events: (() => void)[] = [];
        for (const change of changes.filter((candidate) => candidate.rev > rev)) {
          const superseded = latest.get(change.seq) !== change.rev;
          const times = superseded ? pick(3) : 1 + pick(2);
          for (let time = 0; time < times; time++) events.push(() => timeline.applyChange(change));
        }
        for (let count = pick(6); count > 0; count--) {
          // Asked for after the first page, answered perhaps before changes that the stream brings sooner.
          const version = opened + pick(versions.rooms.length - opened);
          const seq = 1 + pick(lastSeq + 1);
          const request = pick(2) === 0 ? { before: seq } : { after: seq - 1 };
          events.push(() => timeline.addPage(request, answerAt(Math.max(version, reloadedAt), request)));
        }
        // The page is reloaded, and begins with what was kept. No answer from before reaches it.
        for (let count = pick(3); count > 0; count--) {
          events.push(() => {
            const { page: kept, ...request } = timeline.toKept(1 + pick(10));
            timeline = new RoomTimeline(request, kept);
            reloadedAt = timeline.rev;
          });
        }
        for (let left = events.length; left > 0; left--) events.splice(pick(left), 1)[0]?.();

        // Then the viewer reads everything.
        const final = versions.rooms.length - 1;
        while (timeline.window.olderBefore !== null) {
          const request = { before: timeline.window.olderBefore };
          timeline.addPage(request, answerAt(final, request));
        }
        while (timeline.window.newerAfter !== null) {
          const request = { after: timeline.window.newerAfter };
          timeline.addPage(request, answerAt(final, request));
        }
        expect(timeline.window.messages).toEqual(present);
      }),
      { numRuns: 500 },
    );
  });
});
