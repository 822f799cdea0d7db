import { type RefObject, useCallback, useMemo, useState, useSyncExternalStore } from "react";
import { useLooking } from "~/components/ui/use-looking";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";
import type { Conversation } from "../conversation/conversation";
import type { ConversationState } from "../conversation/conversation-state";
import { useMessenger } from "../conversation/messenger";
import { LiveAnnouncer } from "./live-announcer";
import { buildRows, type Row } from "./rows";
import { Timeline } from "./timeline";
import { EmptyTimeline } from "./timeline-placeholders";
import { useMarkRead } from "./use-mark-read";
import { useUnreadLine } from "./use-unread-line";

interface LiveTimelineProps {
  room: RoomSummary;
  me: User;
  conversation: Conversation;
  state: ConversationState;
  /** What scrolls. */
  scroller: RefObject<HTMLDivElement | null>;
}

/** The timeline of a room that has loaded: what has arrived, what is on its way, and how far one has read. */
export function LiveTimeline({ room, me, conversation, state, scroller }: LiveTimelineProps) {
  const { outbox, readMarks } = useMessenger(me);
  const entries = useCallback(() => outbox.entries(room.id), [outbox, room.id]);
  const outgoing = useSyncExternalStore(outbox.subscribe, entries, entries);
  const { window } = state;

  const looking = useLooking();
  const unreadAfter = useUnreadLine(room, looking, window.messages.at(-1)?.seq ?? 0);
  const [seenSeq, setSeenSeq] = useState(0);
  useMarkRead(readMarks, room, seenSeq);
  const onSee = useCallback(
    ({ seq }: Row) => {
      if (looking && seq !== null) setSeenSeq((seen) => Math.max(seen, seq));
    },
    [looking],
  );

  const { receipts } = room;
  const rows = useMemo(
    () => buildRows({ window, outgoing, receipts, me, unreadAfter }),
    [window, outgoing, receipts, me, unreadAfter],
  );
  return (
    <>
      {rows.length === 0 ? (
        <div className="min-h-0 flex-1">
          <EmptyTimeline room={room} />
        </div>
      ) : (
        <Timeline
          key={state.epoch}
          rows={rows}
          conversation={conversation}
          state={state}
          unread={room.unread}
          looking={looking}
          scroller={scroller}
          onSee={onSee}
        />
      )}
      <LiveAnnouncer newest={rows.at(-1)} myId={me.id} />
    </>
  );
}
