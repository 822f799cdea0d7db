"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { isLooking } from "~/components/ui/use-looking";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";
import { chime } from "./chime";
import { inOneTab } from "./in-one-tab";
import { preferences } from "./preferences";
import { roomsThatCall } from "./rooms-that-call";
import { callFor, endCalls } from "./standing-calls";

/** What is read by then, in another tab or on another device, calls nobody. Milliseconds. */
const graceMs = 1_000;

type Scene = {
  rooms: readonly RoomSummary[];
  me: User;
  openRoomId: string | undefined;
  /** Until then nothing calls. */
  quietUntil: Date | null;
  /** How a notification calls the room, and what it says. */
  wordsFor: (room: RoomSummary) => { title: string; body: string };
};

/** Calls for attention when somebody writes: never for the room that one is looking at. */
export const useNotifications = ({ rooms, me, openRoomId, quietUntil, wordsFor }: Scene): void => {
  const latest = useRef(rooms);

  const call = useEffectEvent((room: RoomSummary, seq: number) => {
    const { lastReadSeq = seq } = latest.current.find(({ id }) => id === room.id) ?? {};
    if (lastReadSeq >= seq || (room.id === openRoomId && isLooking())) return;
    if (quietUntil && quietUntil > new Date()) return;
    void inOneTab(`call:${room.id}:${seq}`, async () => {
      const pictureId = room.request ? null : (room.pictureId ?? room.peer?.pictureId ?? null);
      const isNews = await callFor({ roomId: room.id, seq, pictureId, ...wordsFor(room) });
      if (isNews && preferences().sound) chime();
    });
  });
  const compare = useEffectEvent((after: readonly RoomSummary[]) => {
    const before = latest.current;
    for (const room of roomsThatCall(before, after, me, new Date())) {
      if (room.id !== openRoomId || !isLooking()) setTimeout(() => call(room, room.lastSeq), graceMs);
    }
    latest.current = after;
    const isRead = new Set(after.filter(({ unread }) => unread === 0).map(({ id }) => id));
    // To begin with, what an earlier visit or a push has left.
    if (before === after || before.some(({ id, unread }) => unread > 0 && isRead.has(id))) {
      void endCalls((roomId) => isRead.has(roomId));
    }
  });
  useEffect(() => compare(rooms), [rooms]);
};
