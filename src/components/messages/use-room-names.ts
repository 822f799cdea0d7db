import { trpc } from "~/trpc/react";
import { useMessageRoom } from "./message-room";

/**
 * What people of this room are called, by their id. In groups their names are fetched once they are `wanted`; who has
 * left has none.
 */
export const useRoomNames = (wanted: boolean): ((userId: string) => string | undefined) => {
  const { id: roomId, kind, peerName } = useMessageRoom();
  const members = trpc.groups.members.useQuery({ roomId }, { enabled: wanted && kind === "group" });
  if (kind === "direct") return () => peerName;
  return (userId) => members.data?.find(({ user }) => user.id === userId)?.user.displayName;
};
