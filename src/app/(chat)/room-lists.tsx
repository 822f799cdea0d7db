"use client";

import { useNow } from "next-intl";
import { memo, Suspense, useState } from "react";
import { useDraft } from "~/components/messages/composer/drafts";
import { useInbox } from "~/components/rooms/inbox-provider";
import { MessageRequests } from "~/components/rooms/message-requests";
import { RoomItem } from "~/components/rooms/room-item";
import { RoomLine } from "~/components/rooms/room-line";
import { RoomList } from "~/components/rooms/room-list";
import type { OpenRoomMenu } from "~/components/rooms/room-menu";
import type { Writer } from "~/components/rooms/writing";
import { lazyPart } from "~/components/ui/lazy-part";
import { roomIdOf } from "~/shared/room-href";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";

const RoomListMenu = lazyPart(() => import("./room-list-menu").then((module) => module.RoomListMenu));

type RoomEntryProps = {
  room: RoomSummary;
  writers: readonly Writer[] | undefined;
  myId: string;
  now: Date;
  open: boolean;
  tabIndex: number;
  onMenu: (menu: OpenRoomMenu) => void;
};

/** A room's line with its draft: where the two nouns meet. There are many, and few change at a time. */
const RoomEntry = memo(function RoomEntry({ onMenu, ...props }: RoomEntryProps) {
  const { text, aim } = useDraft(props.room.id);
  return (
    <RoomLine room={props.room} onMenu={onMenu}>
      <RoomItem {...props} draft={aim.type === "edit" ? aim.text : text} />
    </RoomLine>
  );
});

type RoomListsProps = { me: User; pathname: string };

/** Who waits for my answer, and then my rooms. */
export function RoomLists({ me, pathname }: RoomListsProps) {
  const { rooms, writing } = useInbox();
  const now = useNow({ updateInterval: 60_000 });
  const openRoomId = roomIdOf(pathname);
  const [menu, setMenu] = useState<OpenRoomMenu>();
  const menuRoom = rooms.find(({ id }) => id === menu?.roomId);
  const requests = rooms.filter(({ request }) => request === "incoming");
  const accepted = rooms.filter(({ request }) => request !== "incoming");
  const entry = (room: RoomSummary, tabIndex: number) => (
    <RoomEntry
      room={room}
      writers={writing.get(room.id)}
      myId={me.id}
      now={now}
      open={room.id === openRoomId}
      tabIndex={tabIndex}
      onMenu={setMenu}
    />
  );
  return (
    <>
      <MessageRequests
        count={requests.length}
        openAtFirst={accepted.length === 0 || requests.some(({ id }) => id === openRoomId)}
      >
        <RoomList rooms={requests} openRoomId={openRoomId} renderItem={entry} />
      </MessageRequests>
      <RoomList rooms={accepted} openRoomId={openRoomId} renderItem={entry} />
      {menu && menuRoom && (
        <Suspense>
          <RoomListMenu room={menuRoom} menu={menu} onClose={() => setMenu(undefined)} />
        </Suspense>
      )}
    </>
  );
}
