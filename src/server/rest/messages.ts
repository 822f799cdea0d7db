import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  deleteMessageInput,
  editMessageInput,
  hideMessageInput,
  listMessagesInput,
  messagePageSchema,
  messageSchema,
  reactInput,
  searchMessagesFields,
  searchPageSchema,
  sendMessageFields,
} from "~/shared/messages";
import { cursorText, readCursorText } from "./cursor-text";
import { operation } from "./operation";
import { time } from "./time";

/** Who leaves out the `clientId` gets one, and with it no protection against sending twice. */
export const looseSendInput = sendMessageFields.partial({ clientId: true });

const searchCursor = z
  .string()
  .max(100)
  .transform((text) => {
    const { at, id } = readCursorText(text);
    return { createdAt: at, id };
  })
  .pipe(searchMessagesFields.shape.cursor.unwrap().unwrap());

const searchHas = z
  .string()
  .transform((text) => text.split(","))
  .pipe(searchMessagesFields.shape.has.unwrap())
  .meta({ description: "Of file, image, video, audio and link; several separated by commas" });

/** A page of what was found, its cursor as text. */
export const messagesFoundSchema = searchPageSchema.extend({ nextCursor: z.string().nullable() });

export const messageOperations = [
  operation({
    method: "get",
    path: "/messages",
    id: "searchMessages",
    tag: "messages",
    summary: "Messages of my rooms that hold these words, the newest first",
    status: 200,
    input: searchMessagesFields.extend({
      has: searchHas.optional(),
      sentAfter: time.optional(),
      sentBefore: time.optional(),
      cursor: searchCursor.optional(),
    }),
    output: messagesFoundSchema,
    example: { query: "hola" },
    call: async (api, input) => {
      const { items, nextCursor } = await api.messages.search(input);
      return { items, nextCursor: nextCursor && cursorText(nextCursor.createdAt, nextCursor.id) };
    },
  }),
  operation({
    method: "get",
    path: "/messages/{roomId}",
    id: "listMessages",
    tag: "messages",
    summary: "A page of a room's history, ascending: the newest, or that before or after a seq",
    status: 200,
    input: listMessagesInput,
    output: messagePageSchema,
    refusals: ["ROOM_NOT_FOUND"],
    call: (api, input) => api.messages.list(input),
  }),
  operation({
    method: "post",
    path: "/messages/{roomId}",
    id: "sendMessage",
    tag: "messages",
    summary: "Send a message; safe to repeat with the same clientId, a UUID of your own making",
    status: 201,
    input: looseSendInput,
    output: messageSchema,
    example: { body: "hola", clientId: "0193e2f4-8a5b-7c3d-9e1f-2a4b6c8d0e12" },
    refusals: [
      "ROOM_NOT_FOUND",
      "MESSAGE_NOT_FOUND",
      "ATTACHMENT_NOT_FOUND",
      "BLOCKED_BY_YOU",
      "CLIENT_ID_REUSED",
    ],
    call: (api, input) => api.messages.send({ ...input, clientId: input.clientId ?? randomUUID() }),
  }),
  operation({
    method: "put",
    path: "/messages/{roomId}/{seq}",
    id: "editMessage",
    tag: "messages",
    summary: "Replace the text of a message of mine, for an hour after it was sent",
    status: 200,
    input: editMessageInput,
    output: messageSchema,
    example: { body: "hola a todos" },
    refusals: ["ROOM_NOT_FOUND", "MESSAGE_NOT_FOUND", "EDIT_WINDOW_CLOSED", "BLOCKED_BY_YOU"],
    call: (api, input) => api.messages.edit(input),
  }),
  operation({
    method: "delete",
    path: "/messages/{roomId}/{seq}",
    id: "deleteMessage",
    tag: "messages",
    summary: "Delete a message of mine for everybody; a tombstone stays",
    status: 200,
    input: deleteMessageInput,
    output: messageSchema,
    refusals: ["ROOM_NOT_FOUND", "MESSAGE_NOT_FOUND"],
    call: (api, input) => api.messages.delete(input),
  }),
  operation({
    method: "put",
    path: "/messages/{roomId}/{seq}/hidden",
    id: "hideMessage",
    tag: "messages",
    summary: "Delete a message for me alone, or have it back",
    status: 200,
    input: hideMessageInput,
    output: messageSchema,
    example: { on: true },
    refusals: ["ROOM_NOT_FOUND", "MESSAGE_NOT_FOUND"],
    call: (api, input) => api.messages.hide(input),
  }),
  operation({
    method: "put",
    path: "/messages/{roomId}/{seq}/reaction",
    id: "react",
    tag: "messages",
    summary: "Put my reaction under a message, or take it back",
    status: 200,
    input: reactInput,
    output: messageSchema,
    example: { emoji: "👍", on: true },
    refusals: ["ROOM_NOT_FOUND", "MESSAGE_NOT_FOUND", "TOO_MANY_REACTIONS", "BLOCKED_BY_YOU"],
    call: (api, input) => api.messages.react(input),
  }),
];
