import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { useLongPress } from "~/components/ui/use-long-press";
import type { Conversation } from "../conversation/conversation";
import type { ConversationState } from "../conversation/conversation-state";
import { hasMenu } from "../message/message-rights";
import { MessageRow } from "../message/message-row";
import { overlayAt } from "../message/overlay";
import { useMessageKeys } from "../message/use-message-keys";
import { useMessageRoom } from "../message-room";
import { JumpToLatest } from "./jump-to-latest";
import type { Row } from "./rows";
import { StalledNotice } from "./stalled-notice";
import { useMarked } from "./use-marked";
import { rowId, useRowFocus } from "./use-row-focus";
import { useTimelineScroll } from "./use-timeline-scroll";

/** A page is asked for when this few rows are left beyond the screen. */
const loadAhead = 20;
/** Further than this from the end, in pixels, one has left the end. */
const jumpFrom = 240;

interface TimelineProps {
  rows: readonly Row[];
  conversation: Conversation;
  state: ConversationState;
  /** Other people's messages that have not been read. */
  unread: number;
  looking: boolean;
  /** What scrolls. */
  scroller: RefObject<HTMLDivElement | null>;
  /** The newest row that is on screen as a whole. */
  onSee: (row: Row) => void;
}

/** The messages of a room, of which only those near the screen are in the page. */
export function Timeline({ rows, conversation, state, unread, looking, scroller, onSee }: TimelineProps) {
  const t = useTranslations("messages");
  const { actions } = useMessageRoom();
  const focus = useRowFocus(rows);
  const virtualizer = useTimelineScroll(scroller, rows, { looking, kept: focus.index, target: state.target });
  const marked = useMarked(state.target);
  const onMessageKey = useMessageKeys();
  const { range } = virtualizer;
  const { older, newer, window } = state;

  useEffect(() => {
    if (!range) return;
    if (range.startIndex < loadAhead) {
      // The browser tells of a scroll only in the next frame. Whoever scrolls as a page comes in would be put back to
      // where they were before; so the place is read anew.
      void conversation.loadOlder(() => scroller.current?.dispatchEvent(new Event("scroll")));
    }
    if (range.endIndex >= rows.length - loadAhead) void conversation.loadNewer();
  }, [conversation, range, rows, scroller]);

  const lastSeen = virtualizer
    .getVirtualItems()
    .findLast(
      ({ end }) => end <= (virtualizer.scrollOffset ?? 0) + (virtualizer.scrollRect?.height ?? 0) + 12,
    );
  const lastSeenRow = lastSeen && rows[lastSeen.index];
  useEffect(() => {
    if (lastSeenRow) onSee(lastSeenRow);
  }, [lastSeenRow, onSee]);

  // One's own new message is always shown.
  const newest = rows.at(-1);
  const newestKey = useRef(newest?.key);
  useEffect(() => {
    if (newest?.outgoing && newest.key !== newestKey.current) virtualizer.scrollToEnd();
    newestKey.current = newest?.key;
  }, [newest, virtualizer]);

  const jump = (): void => {
    if (window.newerAfter !== null) void conversation.showNewest();
    else virtualizer.scrollToEnd();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "End") {
      event.preventDefault();
      scroller.current?.focus();
      jump();
    } else focus.onKeyDown(event, (index) => virtualizer.scrollToIndex(index, { align: "auto" }));
  };

  const longPress = useLongPress((element) => {
    const article = element.closest("article");
    const message = rows[Number(article?.dataset["index"])]?.message;
    if (message && hasMenu(message)) actions.open(overlayAt("menu", message, element));
  });

  const showJump = window.newerAfter !== null || virtualizer.getDistanceFromEnd() > jumpFrom;

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        // Rows come and go with scrolling; what is new is announced elsewhere.
        aria-live="off"
        aria-label={t("timeline")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onKeyDown={onKeyDown}
        {...longPress}
        className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none]"
      >
        <div className="flex min-h-full flex-col justify-end">
          <div
            className="relative mx-auto w-full max-w-[1000px]"
            style={{ height: virtualizer.getTotalSize() }}
          >
            {older === "loading" && (
              <LoaderCircle
                aria-hidden
                className="absolute start-1/2 top-4 -ms-2.5 size-5 animate-spin text-ink-3"
              />
            )}
            {older === "stalled" && <StalledNotice onRetry={() => conversation.retry()} />}
            {virtualizer.getVirtualItems().map(({ index, key, start }) => {
              const row = rows[index];
              return (
                row && (
                  <article
                    key={key}
                    id={rowId(row.key)}
                    ref={virtualizer.measureElement}
                    data-index={index}
                    tabIndex={-1}
                    aria-labelledby={`${key}-author ${key}-files ${key}-text ${key}-state`}
                    onFocus={() => focus.onFocus(row.key)}
                    onBlur={focus.onBlur}
                    onKeyDown={(event) => onMessageKey(event, row)}
                    className="absolute inset-x-0 px-5 max-sm:px-3 focus-visible:outline-offset-[-2px]"
                    style={{ top: start }}
                  >
                    <MessageRow
                      row={row}
                      focused={index === focus.index}
                      marked={row.seq !== null && row.seq === marked}
                    />
                  </article>
                )
              );
            })}
          </div>
        </div>
      </div>
      {showJump && <JumpToLatest newCount={unread} onJump={jump} />}
      {newer === "stalled" && <StalledNotice atEnd onRetry={() => conversation.retry()} />}
    </div>
  );
}
