import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { Avatar } from "~/components/ui/avatar";
import { useFace } from "~/i18n/use-face";
import { useMessageRoom } from "../message-room";
import { FailedNotice } from "../outbox/failed-notice";
import { DayDivider, UnreadDivider } from "../timeline/dividers";
import type { Row } from "../timeline/rows";
import { MessageBody } from "./message-body";
import { MessageState } from "./message-state";
import { NoticeLine } from "./notice-line";
import { TimeOfDay } from "./time-of-day";

interface MessageRowProps {
  row: Row;
  /** Whether it has the keyboard's focus. */
  focused: boolean;
  /** Whether one was led here, a moment ago. */
  marked: boolean;
}

type RowProps = Omit<MessageRowProps, "marked">;

function MineRow({ row, focused }: RowProps) {
  const t = useTranslations("messages");
  const { actions } = useMessageRoom();
  const { key, createdAt, delivery, outgoing, closesGroup } = row;
  const failed = outgoing?.state === "failed";
  return (
    <div className="ms-auto flex max-w-[660px] flex-col items-end ps-10">
      <span id={`${key}-author`} className="sr-only">
        {t("you")}
      </span>
      <MessageBody row={row} focused={focused} />
      <div
        id={`${key}-state`}
        className={clsx(
          "mt-0.5 flex items-center gap-1.5 text-[11.5px] text-ink-3 tabular-nums leading-4",
          !closesGroup && !failed && "sr-only",
        )}
      >
        <TimeOfDay date={createdAt} />
        {delivery && <MessageState delivery={delivery} />}
      </div>
      {outgoing && failed && (
        <FailedNotice
          outgoing={outgoing}
          onResend={() => actions.resend(outgoing)}
          onDiscard={() => actions.discard(outgoing)}
        />
      )}
    </div>
  );
}

function TheirsRow({ row, focused }: RowProps) {
  const { key, author, createdAt, opensGroup } = row;
  const face = useFace()(author);
  return (
    <div className="grid max-w-[660px] grid-cols-[32px_minmax(0,1fr)] gap-x-2.5">
      {opensGroup && <Avatar {...face} size="small" className="row-span-2 self-start" />}
      <div
        className={clsx(
          "mb-[3px] flex items-baseline gap-1.5 text-[13px] leading-5",
          !opensGroup && "sr-only",
        )}
      >
        <bdi id={`${key}-author`} className="truncate font-semibold">
          {face.name}
        </bdi>
        <span id={`${key}-state`} className="text-ink-3 tabular-nums">
          <TimeOfDay date={createdAt} />
        </span>
      </div>
      <div className="col-start-2">
        <MessageBody row={row} focused={focused} />
      </div>
    </div>
  );
}

/** One message with what stands above it. Read aloud as author, text, time, state. */
export const MessageRow = memo(function MessageRow({ row, focused, marked }: MessageRowProps) {
  const { key, message, mine, opensDay, opensUnread, opensGroup, createdAt } = row;
  return (
    <>
      {opensDay && <DayDivider date={createdAt} />}
      {opensUnread && <UnreadDivider />}
      {message?.notice ? (
        <NoticeLine id={key} message={message} notice={message.notice} />
      ) : (
        <div
          className={clsx(
            "-mx-2 rounded-item px-2 transition-colors duration-500",
            opensGroup ? "pt-2.5" : "pt-[3px]",
            marked && "bg-mark",
          )}
        >
          {mine ? <MineRow row={row} focused={focused} /> : <TheirsRow row={row} focused={focused} />}
        </div>
      )}
    </>
  );
}, sameLook);

/** Rows are made anew with every change of the room; most of them look as before. */
function sameLook(before: MessageRowProps, after: MessageRowProps): boolean {
  const keys: (keyof Row)[] = [
    "message",
    "outgoing",
    "delivery",
    "opensDay",
    "opensUnread",
    "opensGroup",
    "closesGroup",
  ];
  return (
    before.focused === after.focused &&
    before.marked === after.marked &&
    keys.every((key) => before.row[key] === after.row[key])
  );
}
