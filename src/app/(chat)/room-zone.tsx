"use client";

import { clsx } from "clsx";
import dynamic from "next/dynamic";
import { Suspense } from "react";
import { useGroupPeople } from "~/components/groups/use-group-people";
import { useInbox, useRoom } from "~/components/rooms/inbox-provider";
import { RoomFailure } from "~/components/rooms/room-failure";
import { RoomHeader, type RoomPanel } from "~/components/rooms/room-header";
import { lazyPart } from "~/components/ui/lazy-part";
import { leaveTo, navigate, useSoftParameter } from "~/components/ui/soft-navigation";
import { ZoneSkeleton } from "~/components/ui/zone-skeleton";
import { roomHref } from "~/shared/room-href";
import type { RoomSummary } from "~/shared/rooms";
import { useMe } from "./me";
import { paths } from "./paths";

// With `dynamic` a room's own page loads it ahead; it must see the import itself.
const RoomView = dynamic(() => import("~/components/messages/room-view").then((module) => module.RoomView));
// What most rooms do without, or only on demand.
const RoomNotices = lazyPart(() => import("./room-notices").then((module) => module.RoomNotices));
const RoomSearch = lazyPart(() =>
  import("~/components/messages/search/room-search").then((module) => module.RoomSearch),
);
const RoomFilesPanel = lazyPart(() =>
  import("~/components/messages/room-files/room-files-panel").then((module) => module.RoomFilesPanel),
);
const RoomSide = lazyPart(() => import("./room-side").then((module) => module.RoomSide));

/** Has the conversation's code at hand before a room is opened. */
export const preloadRoomView = (): void => {
  import("~/components/messages/room-view").catch(() => undefined);
};

type RoomZoneProps = { roomId: string; firstRoom: RoomSummary | undefined };

/** The room of the address, once it is known. */
export function RoomZone({ roomId, firstRoom }: RoomZoneProps) {
  const { room, error, retry } = useRoom(roomId, firstRoom);
  if (error) return <RoomFailure error={error} upHref={paths.rooms} onRetry={retry} />;
  return room ? <OpenRoom room={room} /> : <ZoneSkeleton upHref={paths.rooms} />;
}

/** An open room: its header and notices, the conversation, and beside it the details, what was shared or a search on demand. */
function OpenRoom({ room }: { room: RoomSummary }) {
  const me = useMe();
  const { writing } = useInbox();
  const people = useGroupPeople(room);
  const detailsOpen = useSoftParameter("details");
  const filesOpen = useSoftParameter("files");
  const searchOpen = useSoftParameter("search");
  const open = detailsOpen ? "details" : filesOpen ? "files" : searchOpen ? "search" : null;
  const leave = (): void => leaveTo(paths.rooms);
  const closePanel = (): void => leaveTo(roomHref(room.id));
  const panelHref = (panel: RoomPanel): string => `${roomHref(room.id)}?${panel}`;
  const toggle = (panel: RoomPanel): void => (open === panel ? closePanel() : navigate(panelHref(panel)));
  const goTo = (seq: number): void => navigate(`${roomHref(room.id)}?m=${seq}`);
  return (
    <div className="flex min-h-0 flex-1">
      <div className={clsx("min-w-0 flex-1 flex-col lg:flex", open ? "hidden" : "flex")}>
        <RoomHeader
          room={room}
          online={people.members?.filter(({ presence }) => presence?.online).length}
          open={open}
          onToggle={toggle}
        />
        {(room.request === "incoming" || room.blockedByMe) && (
          <Suspense>
            <RoomNotices room={room} onLeave={leave} />
          </Suspense>
        )}
        <div className="flex min-h-0 flex-1 flex-col">
          <RoomView room={room} me={me} writers={writing.get(room.id)} />
        </div>
      </div>
      <Suspense>
        {open === "details" && (
          <RoomSide
            room={room}
            people={people}
            onFiles={() => navigate(panelHref("files"))}
            onGoTo={goTo}
            onClose={closePanel}
            onLeave={leave}
          />
        )}
        {open === "files" && (
          <RoomFilesPanel
            roomId={room.id}
            me={me}
            onBack={() => leaveTo(panelHref("details"))}
            onClose={closePanel}
            onGoTo={goTo}
          />
        )}
        {open === "search" && (
          <RoomSearch
            roomId={room.id}
            me={me}
            people={room.peer ? [room.peer] : (people.members?.map(({ user }) => user) ?? [])}
            onClose={closePanel}
            onGoTo={goTo}
          />
        )}
      </Suspense>
    </div>
  );
}
