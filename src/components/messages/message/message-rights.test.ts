import { expect, it } from "vitest";
import { editWindowMinutes } from "~/shared/limits";
import type { Message } from "~/shared/messages";
import { aUser } from "~/test/summaries";
import { canDelete, canEdit } from "./message-rights";

const ada = aUser("ada");
const leo = aUser("leo");
const createdAt = new Date(2026, 0, 1, 12);
const message: Message = {
  id: "id",
  clientId: "client",
  roomId: "room",
  seq: 1,
  rev: 1,
  author: ada,
  body: "hello",
  createdAt,
  editedAt: null,
  deletedAt: null,
  replyToSeq: null,
  reactions: [],
  attachments: [],
  notice: null,
};
const minutesLater = (minutes: number): number => createdAt.getTime() + minutes * 60_000;

it("lets people correct what is their own, for a while", () => {
  expect(canEdit(message, ada, minutesLater(editWindowMinutes - 1))).toBe(true);
  expect(canEdit(message, ada, minutesLater(editWindowMinutes))).toBe(false);
  expect(canEdit(message, leo, minutesLater(0))).toBe(false);
});

it("lets people delete what is their own, and admins everything", () => {
  expect(canDelete(message, ada, false)).toBe(true);
  expect(canDelete(message, leo, false)).toBe(false);
  expect(canDelete(message, leo, true)).toBe(true);
});

it("leaves tombstones and notices alone", () => {
  for (const gone of [
    { ...message, deletedAt: createdAt },
    { ...message, notice: { type: "left" as const } },
  ]) {
    expect(canEdit(gone, ada, minutesLater(0))).toBe(false);
    expect(canDelete(gone, ada, true)).toBe(false);
  }
});
