import { measureElement, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { captionWidthOf, heightOfFiles } from "../attachments/layout";
import { filesOf } from "../attachments/shown-file";
import type { ConversationState } from "../conversation/conversation-state";
import { isOnlyEmoji } from "../text/text-segments";
import type { Row } from "./rows";

/** Rows drawn beyond each edge of the screen, so that scrolling finds them there. */
const overscan = 10;
/** Whoever is this close to the end, in pixels, is at the end, and stays there as messages come. */
const endThreshold = 48;
/** How much of what was read before is left above the unread line, in pixels. */
const aboveUnread = 96;

const lineHeight = 22;
/** Of an ordinary text, in pixels. */
const characterWidth = 7.5;
/** The widest that a text gets, and what stands beside it: avatar, padding, margins. In pixels. */
const textWidth = { most: 640, beside: 110 };

/** A guess at a row's height, in whole pixels, as the scroller counts them. */
const guess = (row: Row, timelineWidth: number): number => {
  const { body, message, replyToSeq, opensDay, opensUnread, opensGroup, closesGroup, mine } = row;
  const width = Math.min(textWidth.most, timelineWidth - textWidth.beside);
  const files = filesOf(row);
  const perLine = Math.min(width, (captionWidthOf(files) ?? Number.POSITIVE_INFINITY) - 14) / characterWidth;
  const lines = body.split("\n").reduce((sum, line) => sum + Math.ceil((line.length || 1) / perLine), 0);
  if (message?.notice) return 28 + (opensDay ? 36 : 0) + (opensUnread ? 36 : 0);
  const quote = replyToSeq === null ? 0 : 46;
  const bubble = quote === 0 && isOnlyEmoji(body) ? 50 : 16 + quote + (body === "" ? 0 : lines * lineHeight);
  const filesHeight = files.length === 0 ? 0 : heightOfFiles(files, width + 22) + (body === "" ? -6 : 2);
  const reactions = message?.reactions.length ? 30 : 0;
  const header = opensGroup ? (mine ? 10 : 33) : 3;
  const state = mine && closesGroup ? 18 : 0;
  const dividers = (opensDay ? 36 : 0) + (opensUnread ? 36 : 0);
  return Math.round(bubble + filesHeight + reactions + header + state + dividers);
};

/**
 * The heights of rows until they have been drawn. Right for short messages, so that few corrections disturb whoever is
 * scrolling; and made once, because the virtualizer keeps no measure of a row that its guess fits.
 */
const useGuesses = (scroller: RefObject<HTMLElement | null>): ((row: Row) => number) => {
  const [guesses] = useState(() => new Map<string, number>());
  return (row) => {
    const height = guesses.get(row.key) ?? guess(row, scroller.current?.clientWidth ?? window.innerWidth);
    guesses.set(row.key, height);
    return height;
  };
};

/** The height of a row. Where a panel covers the timeline none is drawn, and each keeps the height that it had. */
const measure: typeof measureElement = (element, entry, virtualizer) =>
  measureElement(element, entry, virtualizer) ||
  (virtualizer.measurementsCache[virtualizer.indexFromElement(element)]?.size ?? 0);

/**
 * The scrolling of a timeline: which rows are drawn and where. It opens at its target, at the unread line or at the end, keeps the
 * place while pages come in before and after, and follows new messages for whoever is at the end.
 */
export const useTimelineScroll = (
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  { looking, kept, target }: { looking: boolean; kept: number | null; target: ConversationState["target"] },
) => {
  const line = rows.findIndex(({ opensUnread }) => opensUnread);
  const targetIndex = target === null ? -1 : rows.findIndex(({ seq }) => seq !== null && seq >= target.seq);
  const start = targetIndex < 0 ? line : targetIndex;
  const atEnd = useRef(start < 0);
  /** Where the element stood when that was asked. */
  const askedAt = useRef(0);
  /** The scroller's height when the observer below last looked. */
  const lastHeight = useRef(0);
  const heightOf = useGuesses(scroller);

  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    estimateSize: (index) => {
      const row = rows[index];
      return row ? heightOf(row) : 0;
    },
    measureElement: measure,
    initialOffset: () =>
      rows.slice(0, start < 0 ? rows.length : start).reduce((sum, row) => sum + heightOf(row), 0),
    anchorTo: "end",
    scrollEndThreshold: endThreshold,
    scrollPaddingStart: aboveUnread,
    paddingStart: 44,
    paddingEnd: 12,
    overscan,
    rangeExtractor: ({ startIndex, endIndex, count }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const indexes = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      // The row with the focus stays drawn, or the focus would be lost.
      return kept === null || (first <= kept && kept <= last) ? indexes : [...indexes, kept];
    },
  });

  // A row above the screen that changes its height moves nothing on it, whichever way one was scrolling.
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = ({ key, start, end }) =>
    (virtualizer.itemSizeCache.has(key) ? end : start + 1) <= (virtualizer.scrollOffset ?? 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: where it opens is decided once
  useLayoutEffect(() => {
    if (targetIndex >= 0) return;
    if (line < 0) virtualizer.scrollToEnd();
    else virtualizer.scrollToIndex(line, { align: "start" });
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each target is scrolled to once
  useLayoutEffect(() => {
    if (targetIndex >= 0) virtualizer.scrollToIndex(targetIndex, { align: "center" });
  }, [target]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only new rows are followed
  useLayoutEffect(() => {
    // Whoever has just scrolled away is not pulled back, though nobody has been told of it yet.
    const left = (scroller.current?.scrollTop ?? 0) < askedAt.current - endThreshold;
    if (!atEnd.current || left) return;
    // What came while nobody looked is not scrolled past.
    if (looking || line < 0) virtualizer.scrollToEnd();
    else virtualizer.scrollToIndex(line, { align: "start" });
  }, [rows]);

  useEffect(() => {
    const element = scroller.current;
    // The element itself is asked: the virtualizer hears of its own scrolling only in the next frame.
    // Where its height has just changed, the observer has yet to ask where one was; where it is covered, it has none.
    if (element && element.clientHeight > 0 && element.clientHeight === lastHeight.current) {
      atEnd.current = element.scrollHeight - element.clientHeight - element.scrollTop <= endThreshold;
      askedAt.current = element.scrollTop;
    }
  });

  // The composer grows, a keyboard opens: whoever is at the end stays there.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (element.clientHeight === 0) return;
      lastHeight.current = element.clientHeight;
      if (atEnd.current) virtualizer.scrollToEnd();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, virtualizer]);

  return virtualizer;
};
