"use client";

import type { GroupMember, MembersEvent } from "~/shared/groups";
import type { RoomSummary } from "~/shared/rooms";
import { trpc } from "~/trpc/react";

export interface GroupPeople {
  /** Admins first; undefined in 1:1 rooms and until they are there. */
  members: readonly GroupMember[] | undefined;
  /** Why they could not be read. */
  error: unknown;
  retry: () => void;
}

const apply = (members: GroupMember[] | undefined, event: MembersEvent): GroupMember[] | undefined => {
  if (event.type === "snapshot") return event.members;
  const { userId, presence } = event;
  return members?.map((member) => (member.user.id === userId ? { ...member, presence } : member));
};

/** The people of the group that is open, live; kept where all of the page finds them. */
export const useGroupPeople = ({ id: roomId, kind }: RoomSummary): GroupPeople => {
  const { groups } = trpc.useUtils();
  const { data } = trpc.groups.members.useQuery({ roomId }, { enabled: false });
  const { error, reset } = trpc.groups.onMembers.useSubscription(
    { roomId },
    {
      enabled: kind === "group",
      onData: (event) => groups.members.setData({ roomId }, (members) => apply(members, event)),
    },
  );
  return { members: data, error, retry: reset };
};
