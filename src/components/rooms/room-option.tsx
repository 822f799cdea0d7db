"use client";

import type { RoomSummary } from "~/shared/rooms";
import { useRoom } from "./inbox-provider";
import { RoomAvatar } from "./room-avatar";
import { useRoomName } from "./use-room-name";

/** A room among what was found. */
export function RoomOption({ room }: { room: RoomSummary }) {
  const roomName = useRoomName();
  return (
    <span className="flex min-w-0 items-center gap-2.5 p-2">
      <RoomAvatar room={room} />
      <span className="min-w-0">
        <span dir="auto" className="block w-fit max-w-full truncate font-medium">
          {roomName(room)}
        </span>
        {room.peer && !room.peer.deleted && (
          <span className="block truncate text-ink-2 text-sm">@{room.peer.username}</span>
        )}
      </span>
    </span>
  );
}

type RoomNameOfProps = {
  roomId: string;
  /** Somebody whose name stands there already: it is not said twice. */
  besides: string;
};

/** What one of my rooms is called, whether or not this page has loaded it. */
export function RoomNameOf({ roomId, besides }: RoomNameOfProps) {
  const { room } = useRoom(roomId);
  const roomName = useRoomName();
  return room && room.peer?.id !== besides ? <bdi className="truncate">{roomName(room)}</bdi> : null;
}
