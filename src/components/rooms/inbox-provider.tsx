"use client";

import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useRef,
} from "react";
import type { InboxEvent, RoomSummary } from "~/shared/rooms";
import { profiles } from "~/trpc/profiles";
import { trpc } from "~/trpc/react";
import { addRoomPage, applyInboxEvent, type Inbox } from "./inbox";
import { dropSilent, nextSilence, type Writer } from "./writing";

type RoomPage = Parameters<typeof addRoomPage>[1];
/** `at` is when it came, in milliseconds: a reducer may not look at the clock. */
type Action = { at: number } & (
  | InboxEvent
  | { type: "page"; page: RoomPage }
  | { type: "silence" }
  | { type: "people" }
);

const reduce = (inbox: Inbox, action: Action): Inbox => {
  if (action.type === "page") return addRoomPage(inbox, action.page);
  if (action.type === "people") return profiles.refresh(inbox);
  if (action.type === "silence") return { ...inbox, writing: dropSilent(inbox.writing, action.at) };
  return applyInboxEvent(inbox, action, action.at);
};

type InboxValue = Inbox & {
  /** Fetches the next older page, if there is one and none is on its way. */
  loadMore: () => void;
};

const InboxContext = createContext<InboxValue | null>(null);

type InboxProviderProps = {
  /** The first page, as the server read it for the first paint. */
  firstPage: { items: RoomSummary[]; nextCursor: Inbox["nextCursor"] };
  children: ReactNode;
};

/** The one place where the page keeps my rooms: one live subscription, whatever their number. */
export function InboxProvider({ firstPage, children }: InboxProviderProps) {
  const [inbox, dispatch] = useReducer(reduce, {
    rooms: firstPage.items,
    nextCursor: firstPage.nextCursor,
    writing: new Map<string, Writer[]>(),
  });
  trpc.rooms.onInbox.useSubscription(undefined, {
    onData: (event) => {
      dispatch({ ...event, at: Date.now() });
      if (event.type === "profile") profiles.announce();
    },
  });
  useEffect(() => profiles.subscribe(() => dispatch({ type: "people", at: Date.now() })), []);

  const silence = nextSilence(inbox.writing);
  useEffect(() => {
    if (silence === undefined) return;
    const timer = setTimeout(() => dispatch({ type: "silence", at: silence }), silence - Date.now());
    return () => clearTimeout(timer);
  }, [silence]);

  const { rooms } = trpc.useUtils();
  const loading = useRef(false);
  const { nextCursor } = inbox;
  const loadMore = useCallback(() => {
    if (!nextCursor || loading.current) return;
    loading.current = true;
    rooms.list
      .fetch({ cursor: nextCursor })
      .then((page) => dispatch({ type: "page", page, at: Date.now() }))
      // Scrolling on asks again.
      .catch(() => undefined)
      .finally(() => {
        loading.current = false;
      });
  }, [nextCursor, rooms]);

  const value = useMemo(() => ({ ...inbox, loadMore }), [inbox, loadMore]);
  return <InboxContext value={value}>{children}</InboxContext>;
}

/** My rooms, live, the most recently active first. */
export const useInbox = (): InboxValue => {
  const value = use(InboxContext);
  if (!value) throw new Error("useInbox is called outside of InboxProvider");
  return value;
};

/** One room, live. One that the loaded pages do not hold is fetched; `error` says why it cannot be shown. */
export const useRoom = (roomId: string, first?: RoomSummary) => {
  const { rooms } = useInbox();
  const live = rooms.find((room) => room.id === roomId);
  const fetched = trpc.rooms.get.useQuery(
    { roomId },
    { enabled: !live, ...(first?.id === roomId ? { initialData: first } : {}) },
  );
  return { room: live ?? fetched.data, error: fetched.error, retry: () => void fetched.refetch() };
};
