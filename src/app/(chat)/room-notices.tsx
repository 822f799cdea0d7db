"use client";

import { BlockedBanner } from "~/components/contacts/blocked-banner";
import { RequestBanner } from "~/components/contacts/request-banner";
import { GroupRequestBanner } from "~/components/groups/group-request-banner";
import type { RoomSummary } from "~/shared/rooms";

/** What stands between me and the people of a room, if anything. */
export function RoomNotices({ room, onLeave }: { room: RoomSummary; onLeave: () => void }) {
  const { id, peer, request, blockedByMe } = room;
  if (peer && blockedByMe) return <BlockedBanner peer={peer} />;
  if (request !== "incoming") return null;
  return peer ? (
    <RequestBanner roomId={id} peer={peer} onLeave={onLeave} />
  ) : (
    <GroupRequestBanner room={room} onLeave={onLeave} />
  );
}
