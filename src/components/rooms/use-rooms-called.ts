"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { foldForSearch } from "~/shared/fold-for-search";
import type { RoomSummary } from "~/shared/rooms";
import { trpc } from "~/trpc/react";
import { useInbox } from "./inbox-provider";
import { useRoomName } from "./use-room-name";

/** My rooms of such a name: those on this page at once, the others from the server. All, where nothing is typed. */
export const useRoomsCalled = (typed: string, settled: string): readonly RoomSummary[] => {
  const { rooms, nextCursor } = useInbox();
  const roomName = useRoomName();
  const others = trpc.rooms.list.useQuery(
    { query: settled, limit: 20 },
    { enabled: settled !== "" && nextCursor !== null, placeholderData: keepPreviousData },
  );
  const words = foldForSearch(typed).split(/\s+/);
  const here = rooms.filter((room) => {
    const name = foldForSearch(`${roomName(room)} ${room.peer?.username ?? ""}`);
    return words.every((word) => name.includes(word.replace(/^@/, "")));
  });
  if (typed === "") return rooms;
  const known = new Set(rooms.map(({ id }) => id));
  return [...here, ...(others.data?.items ?? []).filter(({ id }) => !known.has(id))];
};
