import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { RoomSummary } from "~/shared/rooms";

/**
 * The seq after which messages are new: what was unread when the room was opened, what is marked as unread, and later what
 * came while nobody looked. Null when nothing is.
 * @param lastSeq the newest message on the timeline
 */
export const useUnreadLine = (room: RoomSummary, looking: boolean, lastSeq: number): number | null => {
  const { unread, lastReadSeq } = room;
  const [unreadAfter, setUnreadAfter] = useState(unread > 0 ? lastReadSeq : null);

  const readBefore = useRef(lastReadSeq);
  useEffect(() => {
    if (lastReadSeq < readBefore.current) setUnreadAfter(lastReadSeq);
    readBefore.current = lastReadSeq;
  }, [lastReadSeq]);

  const lookAway = useEffectEvent(() => {
    if (unread === 0) setUnreadAfter(lastSeq);
  });
  const comeBack = useEffectEvent(() => {
    // Nothing came meanwhile: what comes from now on is seen as it comes.
    setUnreadAfter((after) => (after === lastSeq ? null : after));
  });
  useEffect(() => {
    if (looking) comeBack();
    else lookAway();
  }, [looking]);

  return unreadAfter;
};
