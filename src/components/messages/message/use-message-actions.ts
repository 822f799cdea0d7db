import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { notify } from "~/components/ui/toaster";
import type { Message, Reaction } from "~/shared/messages";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";
import type { Composing } from "../composer/composing";
import type { Conversation } from "../conversation/conversation";
import { useMessenger } from "../conversation/messenger";
import type { MessageActions } from "../message-room";
import type { Overlay } from "./overlay";

/** The reactions once this person has put theirs there, or taken it back. */
export const toggleReaction = (reactions: readonly Reaction[], emoji: string, userId: string): Reaction[] => {
  const found = reactions.find((reaction) => reaction.emoji === emoji);
  if (!found) return [...reactions, { emoji, userIds: [userId] }];
  const userIds = found.userIds.includes(userId)
    ? found.userIds.filter((id) => id !== userId)
    : [...found.userIds, userId];
  return reactions.flatMap((reaction) => {
    if (reaction !== found) return reaction;
    return userIds.length > 0 ? { emoji, userIds } : [];
  });
};

const linkTo = ({ seq }: Message): string => {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}?m=${seq}`;
};

interface Scene {
  me: User;
  conversation: Conversation;
  composing: Pick<Composing, "reply" | "edit">;
  open: (overlay: Overlay) => void;
}

/** What one can do with the messages of a room, and `correct`, which stores what {@link Composing} has corrected. */
export const useMessageActions = ({ me, conversation, composing: { reply, edit }, open }: Scene) => {
  const t = useTranslations("messages");
  const errorText = useErrorText();
  const { client } = trpc.useUtils();
  const { outbox, uploads, readMarks } = useMessenger(me);

  return useMemo(() => {
    const { roomId } = conversation;
    const fail = (error: unknown) => void notify("error", errorText(error));
    const copy = (text: string, done: "textCopied" | "linkCopied"): void => {
      // Browsers give no clipboard to pages without HTTPS.
      const copied = navigator.clipboard?.writeText(text) ?? Promise.reject();
      copied.then(
        () => notify("success", t(done)),
        () => notify("error", t("notCopied")),
      );
    };
    const giveBack = (message: Message): void => {
      change(
        message,
        (shown) => shown,
        () => client.messages.hide.mutate({ roomId, seq: message.seq, on: false }),
      ).catch(fail);
    };
    const change = (message: Message, guess: (shown: Message) => Message, call: () => Promise<Message>) =>
      conversation.change(message.seq, guess, call);
    const actions: MessageActions = {
      resend: (outgoing) => outbox.retry(outgoing),
      discard: (outgoing) => {
        outbox.remove(outgoing);
        for (const file of outgoing.files ?? []) uploads.cancel(roomId, file);
      },
      reply: ({ seq }) => reply(seq),
      edit: ({ seq, body }) => edit(seq, body),
      open,
      markUnread: ({ seq }) => {
        readMarks.unread(roomId, seq).catch(fail);
      },
      copyText: ({ body }) => copy(body, "textCopied"),
      copyLink: (message) => copy(linkTo(message), "linkCopied"),
      react: (message, emoji) => {
        const { seq, reactions } = message;
        const mine = reactions.find((reaction) => reaction.emoji === emoji)?.userIds.includes(me.id);
        change(
          message,
          (shown) => ({ ...shown, reactions: toggleReaction(shown.reactions, emoji, me.id) }),
          () => client.messages.react.mutate({ roomId, seq, emoji, on: !mine }),
        ).catch(fail);
      },
      remove: (message) => {
        change(
          message,
          (shown) => ({ ...shown, body: "", reactions: [], attachments: [], deletedAt: new Date() }),
          () => client.messages.delete.mutate({ roomId, seq: message.seq }),
        ).catch(fail);
      },
      hide: (message) => {
        change(
          message,
          (shown) => ({ ...shown, hidden: true }),
          () => client.messages.hide.mutate({ roomId, seq: message.seq, on: true }),
        ).then(
          () => notify("success", t("hidden"), { label: t("undo"), onClick: () => giveBack(message) }),
          fail,
        );
      },
    };
    /** Stores a correction of what said `from`. One that is refused is given back to the composer, with its text. */
    const correct = (seq: number, from: string, body: string): void => {
      conversation
        .change(
          seq,
          (shown) => ({ ...shown, body, editedAt: new Date() }),
          () => client.messages.edit.mutate({ roomId, seq, body }),
        )
        .catch((error: unknown) => {
          fail(error);
          edit(seq, from, body);
        });
    };
    return { actions, correct };
  }, [client, conversation, outbox, uploads, readMarks, me, reply, edit, open, t, errorText]);
};
