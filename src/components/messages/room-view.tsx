"use client";

import { useTranslations } from "next-intl";
import { Suspense, useEffect, useEffectEvent, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { lazyPart } from "~/components/ui/lazy-part";
import { useSoftParameterValue } from "~/components/ui/soft-navigation";
import { notify } from "~/components/ui/toaster";
import { usePersonName } from "~/i18n/use-face";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";
import { DropHint } from "./attachments/drop-hint";
import type { OutgoingFile } from "./attachments/outgoing-file";
import { useDraftFiles } from "./attachments/use-draft-files";
import { useFileDrop } from "./attachments/use-file-drop";
import { ClosedNotice } from "./composer/closed-notice";
import { Composer } from "./composer/composer";
import { useComposing } from "./composer/composing";
import { TypingLine } from "./composer/typing-line";
import { useAnnounceTyping } from "./composer/use-announce-typing";
import { useEditLast } from "./composer/use-edit-last";
import type { Conversation } from "./conversation/conversation";
import { useMessenger } from "./conversation/messenger";
import type { Overlay } from "./message/overlay";
import { useMessageActions } from "./message/use-message-actions";
import { type MessageRoom, MessageRoomContext } from "./message-room";
import { LiveTimeline } from "./timeline/live-timeline";
import { StalledNotice } from "./timeline/stalled-notice";
import { TimelineSkeleton } from "./timeline/timeline-placeholders";
import { useRoomKeys } from "./timeline/use-room-keys";
import { playback } from "./voice/playback";

const MessageOverlay = lazyPart(() =>
  import("./message/message-overlay").then((module) => module.MessageOverlay),
);

interface RoomViewProps {
  room: RoomSummary;
  me: User;
  /** Who else is writing there. */
  writers: readonly { user: User }[] | undefined;
}

/** A room's timeline and composer; fills the height it is given. */
export function RoomView(props: RoomViewProps) {
  return <OpenRoom key={props.room.id} {...props} />;
}

/** The seq of the message that the address leads to, if it does: `/r/<room>?m=<seq>`. */
const useLinkedSeq = (): number | null => {
  const seq = Number(useSoftParameterValue("m"));
  return Number.isInteger(seq) && seq > 0 ? seq : null;
};

/** Keeps the conversation open, and so live, while the component is on the page; goes where the address leads. */
const useOpen = (conversation: Conversation, room: RoomSummary): void => {
  const at = useLinkedSeq();
  const open = useEffectEvent(() => conversation.open(room, at));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new conversation is opened once, with the room as it is then
  useEffect(() => open(), [conversation]);
  const lastAt = useRef(at);
  useEffect(() => {
    if (at !== null && at !== lastAt.current) void conversation.showAt(at);
    lastAt.current = at;
  }, [conversation, at]);
};

function OpenRoom({ room, me, writers = [] }: RoomViewProps) {
  const t = useTranslations("messages");
  const tErrors = useTranslations("errors");
  const messenger = useMessenger(me);
  const conversation = messenger.conversation(room.id);
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const state = useSyncExternalStore(conversation.subscribe, conversation.getState, conversation.getState);
  const onKeyDown = useRoomKeys(scroller, field);
  const composing = useComposing(room.id, field);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const { actions, correct } = useMessageActions({ me, conversation, composing, open: setOverlay });
  const typing = useAnnounceTyping(room.id);
  const attachments = useDraftFiles(room.id, me);
  const drop = useFileDrop(attachments.add);
  const editLast = useEditLast({ me, conversation, outbox: messenger.outbox, composing });
  useOpen(conversation, room);
  // Elsewhere nothing could stop what sounds here.
  useEffect(() => () => playback.pause(), []);

  const { id, kind } = room;
  const personName = usePersonName();
  const peerName = room.peer ? personName(room.peer) : undefined;
  const isOpen = room.peer?.deleted !== true;
  const isAdmin = room.role !== "member";
  const messageRoom = useMemo<MessageRoom>(
    () => ({ id, kind, peerName, isOpen, isAdmin, me, conversation, actions }),
    [id, kind, peerName, isOpen, isAdmin, me, conversation, actions],
  );

  const { aim } = composing;
  // The answer to a correction may not have reached this page, or an earlier one; the correction itself has.
  const isSaved =
    aim.type === "edit" && aim.text !== aim.from && aim.text === conversation.messageAt(aim.seq)?.body;
  useEffect(() => {
    if (isSaved) composing.leaveAim();
  }, [isSaved, composing.leaveAim]);
  const write = (text: string): void => {
    if (aim.type !== "edit" && text.length > composing.text.length) typing.announce();
    composing.setText(text);
  };

  const submit = (body: string): void => {
    if (aim.type === "edit") {
      composing.leaveAim();
      if (body !== conversation.messageAt(aim.seq)?.body) correct(aim.seq, aim.from, body);
      return;
    }
    const files = messenger.draftFiles.take(room.id);
    const kept = send(body, files);
    void kept.then(() => messenger.draftFiles.forget(room.id, files));
    composing.sent(kept);
    typing.stop();
  };

  const speak = (file: OutgoingFile): void => {
    void send("", [file]);
    composing.leaveAim();
  };

  const send = (body: string, files: readonly OutgoingFile[]): Promise<void> => {
    const replyToSeq = aim.type === "reply" ? aim.seq : undefined;
    void conversation.showNewest();
    return messenger.outbox.add(room.id, { body, replyToSeq, files });
  };

  const leaveAim = (): void => {
    composing.leaveAim();
    if (aim.type !== "edit" || aim.text === conversation.messageAt(aim.seq)?.body) return;
    const giveBack = () => composing.edit(aim.seq, aim.from, aim.text);
    void notify("success", t("editLeft"), { label: t("undo"), onClick: giveBack });
  };

  return (
    <MessageRoomContext value={messageRoom}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the controls within, and takes files dropped on it */}
      <div
        className="relative flex min-h-0 flex-1 flex-col"
        onKeyDown={onKeyDown}
        {...(isOpen && drop.handlers)}
      >
        {state.phase === "ready" && (
          <LiveTimeline room={room} me={me} conversation={conversation} state={state} scroller={scroller} />
        )}
        {(state.phase === "loading" || state.phase === "stalled") && (
          <div className="relative min-h-0 flex-1">
            <TimelineSkeleton />
            {state.phase === "stalled" && <StalledNotice onRetry={() => conversation.retry()} />}
          </div>
        )}
        {state.phase === "refused" && (
          <p role="alert" className="grid flex-1 place-content-center px-8 text-center text-ink-2">
            {state.reason === null || state.reason === "RATE_LIMITED"
              ? tErrors("unexpected")
              : tErrors(state.reason)}
          </p>
        )}
        <TypingLine writers={writers} />
        {isOpen ? (
          <Composer
            room={room}
            me={me}
            field={field}
            composing={{ ...composing, setText: write, leaveAim }}
            attachments={attachments}
            onSubmit={submit}
            onSpeak={speak}
            onEditLast={editLast}
          />
        ) : (
          <ClosedNotice />
        )}
        {drop.over && <DropHint />}
      </div>
      {overlay && (
        <Suspense>
          <MessageOverlay overlay={overlay} onChange={setOverlay} />
        </Suspense>
      )}
    </MessageRoomContext>
  );
}
