"use client";

import type { QueryClient } from "@tanstack/react-query";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "~/server/trpc/root";
import type { User } from "~/shared/users";

const isUser = (value: object): value is User => "profileRev" in value;

/** `value` with each person in it replaced by what `each` makes of them; the same object where nobody is. */
const mapPeople = <T>(value: T, each: (user: User) => User): T => {
  if (typeof value !== "object" || value === null) return value;
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [key, before] of Object.entries(value)) {
    const after: unknown = mapPeople(before, each);
    if (after === before) continue;
    copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
    copy[key] = after;
  }
  const mapped = (copy ?? value) as T & object;
  return isUser(mapped) ? (each(mapped) as T & User) : mapped;
};

/**
 * What people are called and look like, as this page knows it. A person stands in many places (rooms, messages, lists), each
 * as they were when it was read; of any two states of them the higher `profileRev` is the newer, so that the places can agree
 * whatever arrives first.
 */
export class Profiles {
  readonly #newest = new Map<string, User>();
  readonly #listeners = new Set<() => void>();

  /** Learns of everybody in `value`. */
  note(value: unknown): void {
    let isNews = false;
    mapPeople(value, (user) => {
      const known = this.#newest.get(user.id);
      if (known && known.profileRev >= user.profileRev) return user;
      this.#newest.set(user.id, toUser(user));
      isNews ||= known !== undefined;
      return user;
    });
    if (isNews) this.announce();
  }

  /** `value` with everybody in their newest state; the same object where they are already. */
  refresh<T>(value: T): T {
    return mapPeople(value, (user) => {
      const known = this.#newest.get(user.id);
      return known && known.profileRev > user.profileRev ? { ...user, ...known } : user;
    });
  }

  /** Somebody as they are now; undefined where nothing on this page has told of them. */
  find(userId: string): User | undefined {
    return this.#newest.get(userId);
  }

  /** What has arrived from somewhere, noted and refreshed. */
  take<T>(value: T): T {
    this.note(value);
    return this.refresh(value);
  }

  /** Has everything that is on show refreshed. */
  announce(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Calls `listener` when somebody changes who may be on show. Returns what ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const toUser = ({ id, username, displayName, pictureId, profileRev, deleted }: User): User => ({
  id,
  username,
  displayName,
  pictureId,
  profileRev,
  deleted,
});

/** The page's own. It outlives every component; leaving the account is a page load. */
export const profiles = new Profiles();

/** Takes note of everything that the server says. */
export const profilesLink = (): TRPCLink<AppRouter> => () => {
  return ({ op, next }) =>
    observable((observer) =>
      next(op).subscribe({
        next: (value) => observer.next(profiles.take(value)),
        error: (error) => observer.error(error),
        complete: () => observer.complete(),
      }),
    );
};

/** Refreshes the answers that are kept, whenever somebody changes. Returns what ends it. */
export const refreshQueries = (client: QueryClient): (() => void) =>
  profiles.subscribe(() => {
    for (const { queryKey, state } of client.getQueryCache().getAll()) {
      const refreshed = profiles.refresh(state.data);
      if (refreshed !== state.data)
        client.setQueryData(queryKey, refreshed, { updatedAt: state.dataUpdatedAt });
    }
  });
