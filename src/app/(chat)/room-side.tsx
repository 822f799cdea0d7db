"use client";

import { PeerActions } from "~/components/contacts/peer-actions";
import { useContactActions } from "~/components/contacts/use-contact-actions";
import { GroupPanel } from "~/components/groups/group-panel";
import type { GroupPeople } from "~/components/groups/use-group-people";
import { LatestPictures } from "~/components/messages/room-files/latest-pictures";
import { MuteControl } from "~/components/rooms/mute-control";
import { RoomDetails } from "~/components/rooms/room-details";
import { navigate } from "~/components/ui/soft-navigation";
import { roomHref } from "~/shared/room-href";
import type { RoomSummary } from "~/shared/rooms";
import { useMe } from "./me";

type RoomSideProps = {
  room: RoomSummary;
  people: GroupPeople;
  /** Leads to everything that was shared in the room. */
  onFiles: () => void;
  /** Leads to a message, where the details cover the timeline. */
  onGoTo: (seq: number) => void;
  onClose: () => void;
  /** Leads out of the room. */
  onLeave: () => void;
};

/** The right zone: who a room is with, and what I can do about it and about them. */
export function RoomSide({ room, people, onFiles, onGoTo, onClose, onLeave }: RoomSideProps) {
  const me = useMe();
  const { add } = useContactActions();
  return (
    <RoomDetails room={room} onClose={onClose}>
      <LatestPictures roomId={room.id} me={me} onOpen={onFiles} onGoTo={onGoTo} />
      {room.kind === "group" ? (
        <GroupPanel
          room={room}
          people={people}
          myId={me.id}
          onWrite={({ user }) => add(user, (roomId) => navigate(roomHref(roomId)))}
          onLeave={onLeave}
        >
          <MuteControl room={room} />
        </GroupPanel>
      ) : (
        <div className="border-line border-t p-2">
          <MuteControl room={room} />
          {room.peer && !room.peer.deleted && (
            <PeerActions
              peer={room.peer}
              blockedByMe={room.blockedByMe}
              // A request that is blocked is gone.
              onLeave={room.request === "incoming" ? onLeave : undefined}
            />
          )}
        </div>
      )}
    </RoomDetails>
  );
}
