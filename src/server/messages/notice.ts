import type { Notice } from "~/shared/messages";
import type { User } from "~/shared/users";

type IdOnly<T> = T extends User ? Pick<User, "id"> : T extends User[] ? Pick<User, "id">[] : T;
type Stored<N> = N extends Notice ? { [K in keyof N]: IdOnly<N[K]> } : never;

/** A notice as its row keeps it: people by their ids alone, so that they are called what they are called now. */
export type StoredNotice = Stored<Notice>;

/** @param named whom it names, by their ids */
export const toNotice = (notice: StoredNotice, named: Record<string, User>): Notice => {
  if (notice.type === "added") return { ...notice, users: notice.users.flatMap(({ id }) => named[id] ?? []) };
  if (notice.type === "removed" || notice.type === "role") {
    return { ...notice, user: named[notice.user.id] ?? nobody(notice.user.id) };
  }
  return notice;
};

/** Stands in for a row that is gone altogether. */
const nobody = (id: string): User => ({
  id,
  username: "",
  displayName: "",
  pictureId: null,
  profileRev: 0,
  deleted: true,
});
