/** What things look like in the OpenAPI document. Typed, so that they stay true. */
import type { Attachment } from "~/shared/attachments";
import type { TokenGrant } from "~/shared/auth";
import type { Contact } from "~/shared/contacts";
import type { Message } from "~/shared/messages";
import type { User } from "~/shared/users";
import type { Problem } from "./problem";

export const ada: User = {
  id: "0193e2f4-8a5b-7c3d-9e1f-000000000001",
  username: "ada",
  displayName: "Ada Lovelace",
  pictureId: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  profileRev: 1,
  deleted: false,
};
export const bruno: User = {
  id: "0193e2f4-8a5b-7c3d-9e1f-000000000002",
  username: "bruno",
  displayName: "Bruno Díaz",
  pictureId: null,
  profileRev: 0,
  deleted: false,
};
const roomId = "0193e2f4-8a5b-7c3d-9e1f-00000000000a";
const createdAt = new Date("2026-11-22T09:30:00Z");
export const attachment: Attachment = {
  id: "0193e2f4-8a5b-7c3d-9e1f-0000000000d1",
  name: "informe.pdf",
  kind: "file",
  type: "application/pdf",
  size: 48_213,
  width: null,
  height: null,
  blur: null,
  voice: null,
  url: "/api/attachments/0193e2f4-8a5b-7c3d-9e1f-0000000000d1",
  thumbnailUrl: null,
};
export const message: Message = {
  id: "0193e2f4-8a5b-7c3d-9e1f-0000000000b1",
  roomId,
  seq: 7,
  rev: 7,
  clientId: "0193e2f4-8a5b-7c3d-9e1f-2a4b6c8d0e12",
  author: bruno,
  body: "hola",
  replyToSeq: null,
  reactions: [{ emoji: "👍", userIds: [ada.id] }],
  attachments: [attachment],
  notice: null,
  createdAt,
  editedAt: null,
  deletedAt: null,
};
export const contact: Contact = {
  id: "0193e2f4-8a5b-7c3d-9e1f-0000000000c1",
  user: bruno,
  roomId,
  presence: null,
  createdAt,
};
export const grant: TokenGrant = {
  access_token: "eyJhbGciOiJIUzI1NiIs…",
  token_type: "bearer",
  expires_in: 900,
  refresh_token: "eyJhbGciOiJIUzI1NiIs…",
};
export const problem: Problem = {
  status: 404,
  title: "Not Found",
  code: "ROOM_NOT_FOUND",
  requestId: "0b9f5c0e-6f0a-4b8e-9d53-0d1f3f0f4c11",
};
