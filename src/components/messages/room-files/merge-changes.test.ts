import { describe, expect, it } from "vitest";
import type { Attachment } from "~/shared/attachments";
import type { Message } from "~/shared/messages";
import { aUser } from "~/test/summaries";
import { mergeChanges } from "./merge-changes";

const author = aUser("ada");

const file = (name: string): Attachment => ({
  ...{ id: name, name, type: "image/png", size: 1, width: 1, height: 1, blur: null },
  kind: name.endsWith(".txt") ? "file" : "image",
  ...{ url: `/${name}`, thumbnailUrl: null, voice: null },
});

const message = (seq: number, names: string[], change: Partial<Message> = {}): Message => ({
  ...{ id: `${seq}`, roomId: "room", seq, rev: seq, clientId: `${seq}`, author, body: "", replyToSeq: null },
  ...{ reactions: [], notice: null, createdAt: new Date(0), editedAt: null, deletedAt: null },
  attachments: names.map(file),
  ...change,
});

const listed = (...messages: Message[]) =>
  messages.flatMap(({ seq, attachments, createdAt }) =>
    attachments.map((attachment) => ({ attachment, seq, authorId: author.id, createdAt })),
  );

const pictures = {
  items: listed(message(9, ["c", "d"]), message(5, ["b"])),
  from: 5,
  kinds: ["image"] as const,
};
const names = (changed: Message[], list = pictures) =>
  mergeChanges(list, changed).map(({ attachment, seq }) => `${attachment.name}@${seq}`);

describe("a room's files", () => {
  it("grow by those of new messages, of their kinds, in their author's order", () => {
    expect(names([message(12, ["g", "note.txt", "h"]), message(10, ["e"])])).toEqual([
      ...["g@12", "h@12", "e@10"],
      ...["c@9", "d@9", "b@5"],
    ]);
  });

  it("lose those of deleted messages, for everybody or for oneself", () => {
    expect(names([message(9, [], { deletedAt: new Date() })])).toEqual(["b@5"]);
    expect(names([message(9, ["c", "d"], { hidden: true })])).toEqual(["b@5"]);
  });

  it("stay as they are where a change is known, or changed nothing of them", () => {
    expect(names([message(9, ["c", "d"], { body: "edited" })])).toEqual(["c@9", "d@9", "b@5"]);
  });

  it("wait with what is older than the list has come", () => {
    expect(names([message(3, ["a"])])).toEqual(["c@9", "d@9", "b@5"]);
    expect(names([message(3, ["a"])], { ...pictures, from: 0 }).at(-1)).toBe("a@3");
  });
});
