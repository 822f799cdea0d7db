"use client";

import { Suspense, useEffect } from "react";
import { countUnsent } from "~/components/messages/outbox/browser-store";
import { useInbox } from "~/components/rooms/inbox-provider";
import { PickARoom } from "~/components/rooms/pick-a-room";
import { lazyPart } from "~/components/ui/lazy-part";
import { leaveTo, navigate, useSoftPathname } from "~/components/ui/soft-navigation";
import { ZoneSkeleton } from "~/components/ui/zone-skeleton";
import { roomHref, roomIdOf } from "~/shared/room-href";
import type { RoomSummary } from "~/shared/rooms";
import { forgetEverything } from "./forget-everything";
import { useMe } from "./me";
import { paths } from "./paths";
import { preloadRoomView, RoomZone } from "./room-zone";

const ContactsView = lazyPart(() =>
  import("~/components/contacts/contacts-view").then((module) => module.ContactsView),
);
const NewGroupView = lazyPart(() =>
  import("~/components/groups/new-group-view").then((module) => module.NewGroupView),
);
const SettingsView = lazyPart(() =>
  import("~/components/auth/settings-view").then((module) => module.SettingsView),
);
const NotificationSettings = lazyPart(() =>
  import("~/components/notifications/notification-settings").then((module) => module.NotificationSettings),
);
const Welcome = lazyPart(() => import("~/components/rooms/welcome").then((module) => module.Welcome));

const close = (): void => leaveTo(paths.rooms);

type MainZoneProps = {
  /** The room of the address that the page was entered by, as the server read it. */
  firstRoom?: RoomSummary;
};

/**
 * What is open, by the address. Every page of the chat is this zone: pages are where one enters; from there on
 * addresses change in the browser (`soft-navigation.ts`), so that moving about is instant and works with no connection.
 */
export function MainZone({ firstRoom }: MainZoneProps) {
  const me = useMe();
  const pathname = useSoftPathname();
  const { rooms } = useInbox();
  useEffect(preloadRoomView, []);
  const roomId = roomIdOf(pathname);
  if (roomId) return <RoomZone roomId={roomId} firstRoom={firstRoom} />;
  if (pathname === paths.rooms) {
    return rooms.length === 0 ? (
      <Suspense>
        <Welcome me={me} findPeopleHref={paths.contacts} />
      </Suspense>
    ) : (
      <PickARoom />
    );
  }
  return (
    <Suspense fallback={<ZoneSkeleton upHref={paths.rooms} />}>
      {pathname === paths.contacts && (
        <ContactsView
          me={me}
          upHref={paths.rooms}
          newGroupHref={paths.newGroup}
          onOpenRoom={(id) => navigate(roomHref(id))}
          onClose={close}
        />
      )}
      {pathname === paths.newGroup && (
        <NewGroupView
          upHref={paths.contacts}
          onClose={() => leaveTo(paths.contacts)}
          // In place of the form, which Back is not to lead to.
          onCreated={(id) => leaveTo(roomHref(id))}
        />
      )}
      {pathname === paths.settings && (
        <SettingsView
          me={me}
          upHref={paths.rooms}
          notifications={<NotificationSettings />}
          onClose={close}
          countUnsent={() => countUnsent(me.id)}
          onSignedOut={() => forgetEverything(me)}
        />
      )}
    </Suspense>
  );
}
