import type { AttachmentKind, RoomFile } from "~/shared/attachments";
import type { Message } from "~/shared/messages";

interface Listed {
  /** As the server listed them, the newest message's first. */
  readonly items: readonly RoomFile[];
  /** The lowest seq that the list speaks for. */
  readonly from: number;
  readonly kinds: readonly AttachmentKind[];
}

const filesOf = (message: Message, kinds: Listed["kinds"]): RoomFile[] => {
  const { seq, author, createdAt, deletedAt, hidden, attachments } = message;
  if (deletedAt || hidden) return [];
  return attachments
    .filter(({ kind }) => kinds.includes(kind))
    .map((attachment) => ({ attachment, seq, authorId: author.id, createdAt }));
};

/**
 * A room's files as they are by now: what was listed, and what has become of its messages since, in whatever state each of
 * them was heard of last. Changes that the list knows already are harmless.
 */
export const mergeChanges = ({ items, from, kinds }: Listed, changed: readonly Message[]): RoomFile[] => {
  const heard = new Set(changed.map(({ seq }) => seq));
  const unchanged = items.filter(({ seq }) => !heard.has(seq));
  const now = changed.filter(({ seq }) => seq >= from).flatMap((message) => filesOf(message, kinds));
  return [...unchanged, ...now].toSorted((a, b) => b.seq - a.seq);
};
