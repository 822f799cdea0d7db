"use client";

import { useEffect } from "react";
import type { GroupMember } from "~/shared/groups";
import type { RoomSummary } from "~/shared/rooms";
import { trpc } from "~/trpc/react";

/** Who comes and goes in a group is not told live; it is asked for again while the group is open. */
const refreshMs = 30_000;

export interface GroupPeople {
  /** Admins first; undefined in 1:1 rooms and until they are there. */
  members: readonly GroupMember[] | undefined;
  /** Why they could not be read. */
  error: unknown;
  retry: () => void;
}

/** The people of the group that is open. */
export const useGroupPeople = (room: RoomSummary): GroupPeople => {
  const { id: roomId, kind, memberCount, role, lastMessage } = room;
  const { data, error, refetch } = trpc.groups.members.useQuery(
    { roomId },
    { enabled: kind === "group", refetchInterval: refreshMs },
  );
  const noticeSeq = lastMessage?.notice ? lastMessage.seq : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these tells of a change among the members
  useEffect(() => {
    // One that is on its way already will do.
    if (kind === "group") void refetch({ cancelRefetch: false });
  }, [kind, refetch, roomId, memberCount, role, noticeSeq]);
  return { members: data, error, retry: () => void refetch() };
};
