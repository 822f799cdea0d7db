import { useNoticeText } from "~/i18n/use-notice-text";
import type { Message, Notice } from "~/shared/messages";
import { useMessageRoom } from "../message-room";
import { TimeOfDay } from "./time-of-day";

type NoticeLineProps = { id: string; message: Message; notice: Notice };

/** What somebody did in the group, as a quiet line between the messages. */
export function NoticeLine({ id, message: { author, createdAt }, notice }: NoticeLineProps) {
  const { me } = useMessageRoom();
  const noticeText = useNoticeText();
  return (
    <div className="px-6 py-1.5 text-balance text-center text-ink-3 text-xs">
      <span id={`${id}-text`} dir="auto">
        {noticeText({ author, notice }, me.id)}
      </span>
      <span id={`${id}-state`} className="sr-only">
        <TimeOfDay date={createdAt} />
      </span>
    </div>
  );
}
