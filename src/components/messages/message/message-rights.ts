import { editWindowMinutes } from "~/shared/limits";
import type { Message } from "~/shared/messages";
import type { User } from "~/shared/users";

/** Whether it can be answered, reacted to and copied: notices and tombstones cannot. */
export const isLive = ({ deletedAt, notice }: Message): boolean => deletedAt === null && notice === null;

/** Whether there is something to do with it: with tombstones as well, with notices not. */
export const hasMenu = ({ notice }: Message): boolean => notice === null;

/** Whether it is one's own and still open to correction. */
export const canEdit = (message: Message, me: User, now = Date.now()): boolean =>
  isLive(message) &&
  message.author.id === me.id &&
  now - message.createdAt.getTime() < editWindowMinutes * 60_000;

/** Whether it is somebody else's, and so can be unread. */
export const canMarkUnread = (message: Message, me: User): boolean =>
  isLive(message) && message.author.id !== me.id;

/** Whether it is one's own, or in a group that one administers. */
export const canDelete = (message: Message, me: User, isAdmin: boolean): boolean =>
  isLive(message) && (isAdmin || message.author.id === me.id);
