"use client";

import { useEffect, useRef, useState } from "react";
import { type KeptAccount, keepAccount } from "~/browser/kept-account";
import { throttle } from "~/components/messages/conversation/throttle";
import { useInbox } from "~/components/rooms/inbox-provider";
import { whenIdle } from "~/components/ui/when-idle";
import type { User } from "~/shared/users";

/** A busy list is kept anew this often. Milliseconds. */
const keepEvery = 2_000;
/** As many as a page of the list has. */
const roomsKept = 100;

/** The newest rooms. Who is online is not for later. */
const toKept = ({ me, rooms, nextCursor }: KeptAccount): KeptAccount => {
  const kept = rooms.slice(0, roomsKept).map((room) => ({ ...room, presence: null }));
  const last = rooms.length > roomsKept ? kept.at(-1) : undefined;
  const cursor = last ? { lastActivityAt: last.lastActivityAt, id: last.id } : nextCursor;
  return { me, rooms: kept, nextCursor: cursor };
};

/** Has the service worker of the present build run. Pages without HTTPS have none. */
const startWorker = async (): Promise<void> => {
  const running = await navigator.serviceWorker?.getRegistration();
  // One that fails to start is tried again by the next page.
  await (running ? running.update() : navigator.serviceWorker?.register("/sw.js"))?.catch(() => undefined);
};

/** Keeps the list of rooms for visits that have no connection, and the service worker that then opens the chat. */
export function KeepForOffline({ me }: { me: User }) {
  const { rooms, nextCursor } = useInbox();
  const latest = useRef<KeptAccount>({ me, rooms, nextCursor });
  const [keepSoon] = useState(() => throttle(() => void keepAccount(toKept(latest.current)), keepEvery));
  useEffect(() => {
    latest.current = { me, rooms, nextCursor };
    keepSoon();
  }, [me, rooms, nextCursor, keepSoon]);
  useEffect(() => whenIdle(() => void startWorker()), []);
  return null;
}
