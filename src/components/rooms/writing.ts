import { typingSeconds } from "~/shared/limits";
import type { User } from "~/shared/users";

/** Somebody who is writing, and until when that counts: milliseconds of this browser's clock. */
export interface Writer {
  user: User;
  until: number;
}

/** Who is writing, by room. A room's list stays the same object while nothing changes in it. */
export type Writing = ReadonlyMap<string, readonly Writer[]>;

const withRoom = (writing: Writing, roomId: string, writers: readonly Writer[]): Writing => {
  const next = new Map(writing);
  if (writers.length > 0) next.set(roomId, writers);
  else next.delete(roomId);
  return next;
};

const others = (writing: Writing, roomId: string, userId: string): Writer[] =>
  (writing.get(roomId) ?? []).filter(({ user }) => user.id !== userId);

/** They are writing, for the next few seconds. */
export const addWriter = (writing: Writing, roomId: string, user: User, now: number): Writing =>
  withRoom(writing, roomId, [
    ...others(writing, roomId, user.id),
    { user, until: now + typingSeconds * 1000 },
  ]);

/** They have written. */
export const dropWriter = (writing: Writing, roomId: string, userId: string): Writing => {
  const rest = others(writing, roomId, userId);
  return rest.length === (writing.get(roomId)?.length ?? 0) ? writing : withRoom(writing, roomId, rest);
};

/** Leaves out everybody of whom nothing was heard in time. */
export const dropSilent = (writing: Writing, now: number): Writing =>
  [...writing].reduce((next, [roomId, writers]) => {
    const rest = writers.filter(({ until }) => until > now);
    return rest.length === writers.length ? next : withRoom(next, roomId, rest);
  }, writing);

/** When the next of them falls silent, if nothing more is heard; undefined where nobody writes. */
export const nextSilence = (writing: Writing): number | undefined => {
  const ends = [...writing.values()].flatMap((writers) => writers.map(({ until }) => until));
  return ends.length > 0 ? Math.min(...ends) : undefined;
};
