import { Avatar } from "~/components/ui/avatar";
import { useFace } from "~/i18n/use-face";
import { foldForSearch } from "~/shared/fold-for-search";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";
import type { Completion } from "./completion-list";

const isMeant = ({ username, displayName }: User, query: string): boolean =>
  username.startsWith(query) ||
  foldForSearch(displayName)
    .split(/\s+/)
    .some((word) => word.startsWith(query));

/** The people of a group whom an `@` may mean; nobody without a query. */
export const usePeople = (roomId: string, myId: string, query: string | undefined): Completion[] => {
  const face = useFace();
  const members = trpc.groups.members.useQuery({ roomId }, { enabled: query !== undefined });
  if (query === undefined) return [];
  return (members.data ?? [])
    .filter(({ user }) => user.id !== myId && isMeant(user, query))
    .map(({ user }) => ({
      key: user.id,
      text: `@${user.username} `,
      picture: <Avatar {...face(user)} size="tiny" />,
      name: user.displayName,
      typed: `@${user.username}`,
    }));
};
