import { useEffect, useRef, useState } from "react";
import type { RoomSummary } from "~/shared/rooms";
import type { ReadMarks } from "../conversation/read-marks";
import { throttle } from "../conversation/throttle";

/** A burst of messages is reported as read once in this many milliseconds. */
const reportEvery = 700;

/**
 * Reports how far one has read. Where the room is marked as unread while it is open, here or on another device, it stays
 * so until one comes back to it or writes.
 * @param seenSeq the newest message that was on screen while somebody looked; 0 when there was none
 */
export const useMarkRead = (
  readMarks: ReadMarks,
  { id: roomId, unread, lastReadSeq }: RoomSummary,
  seenSeq: number,
): void => {
  const seen = useRef(0);
  const reported = useRef(0);
  const readBefore = useRef(lastReadSeq);
  const isHeld = useRef(false);
  const [report] = useState(() =>
    throttle(() => {
      const seq = seen.current;
      if (seq <= reported.current || isHeld.current) return;
      reported.current = seq;
      readMarks.read(roomId, seq).catch(() => {
        // Said again with the next message seen, and by the next visit.
        reported.current = 0;
      });
    }, reportEvery),
  );

  useEffect(() => {
    if (lastReadSeq !== readBefore.current) isHeld.current = lastReadSeq < readBefore.current;
    readBefore.current = lastReadSeq;
    if (isHeld.current || unread === 0 || seenSeq <= lastReadSeq) return;
    seen.current = Math.max(seen.current, seenSeq);
    report();
  }, [seenSeq, unread, lastReadSeq, report]);
};
