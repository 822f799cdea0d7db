import { z } from "zod";
import {
  listRoomsInput,
  markReadInput,
  markUnreadInput,
  muteInput,
  roomCursorSchema,
  roomInput,
  roomPageSchema,
  roomSummarySchema,
} from "~/shared/rooms";
import { cursorText, readCursorText } from "./cursor-text";
import { operation } from "./operation";
import { time } from "./time";

const cursor = z
  .string()
  .max(100)
  .transform((text) => {
    const { at, id } = readCursorText(text);
    return { lastActivityAt: at, id };
  })
  .pipe(roomCursorSchema);

/** A page of rooms, its cursor as text. */
export const roomListSchema = roomPageSchema.extend({ nextCursor: z.string().nullable() });

export const roomOperations = [
  operation({
    method: "get",
    path: "/rooms",
    id: "listRooms",
    tag: "rooms",
    summary: "My rooms, the most recently active first",
    status: 200,
    input: listRoomsInput.extend({ cursor: cursor.optional() }),
    output: roomListSchema,
    call: async (api, input) => {
      const { items, nextCursor } = await api.rooms.list(input);
      return { items, nextCursor: nextCursor && cursorText(nextCursor.lastActivityAt, nextCursor.id) };
    },
  }),
  operation({
    method: "get",
    path: "/rooms/{roomId}",
    id: "getRoom",
    tag: "rooms",
    summary: "One of my rooms",
    status: 200,
    input: roomInput,
    output: roomSummarySchema,
    refusals: ["ROOM_NOT_FOUND"],
    call: (api, input) => api.rooms.get(input),
  }),
  operation({
    method: "put",
    path: "/rooms/{roomId}/read",
    id: "markRead",
    tag: "rooms",
    summary: "I have read up to this seq; only ever moves forward",
    status: 204,
    input: markReadInput,
    output: z.void(),
    example: { seq: 7 },
    refusals: ["ROOM_NOT_FOUND"],
    call: (api, input) => api.rooms.markRead(input),
  }),
  operation({
    method: "put",
    path: "/rooms/{roomId}/unread",
    id: "markUnread",
    tag: "rooms",
    summary:
      "Count a message of somebody else, and what comes after it, as unread for me again; without a seq, their last",
    status: 204,
    input: markUnreadInput,
    output: z.void(),
    example: { seq: 7 },
    refusals: ["ROOM_NOT_FOUND", "MESSAGE_NOT_FOUND"],
    call: (api, input) => api.rooms.markUnread(input),
  }),
  operation({
    method: "put",
    path: "/rooms/{roomId}/mute",
    id: "muteRoom",
    tag: "rooms",
    summary: "Have this room not call for my attention until then; null, and it may again",
    status: 204,
    input: muteInput.extend({ until: time.nullable() }),
    output: z.void(),
    example: { until: "2026-11-23T08:00:00Z" },
    refusals: ["ROOM_NOT_FOUND"],
    call: (api, input) => api.rooms.mute(input),
  }),
  operation({
    method: "put",
    path: "/rooms/{roomId}/acceptance",
    id: "acceptRequest",
    tag: "rooms",
    summary: "Accept the message request that this room is to me",
    status: 204,
    input: roomInput,
    output: z.void(),
    refusals: ["ROOM_NOT_FOUND"],
    call: (api, input) => api.contacts.accept(input),
  }),
];
