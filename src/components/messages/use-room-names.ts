import { usePersonName } from "~/i18n/use-face";
import { profiles } from "~/trpc/profiles";
import { trpc } from "~/trpc/react";
import { useMessageRoom } from "./message-room";

/**
 * What people of this room are called, by their id. In groups their names are fetched once they are `wanted`; who has
 * left has one as long as something else on the page tells of them, as what they wrote does.
 */
export const useRoomNames = (wanted: boolean): ((userId: string) => string | undefined) => {
  const { id: roomId, kind, peerName } = useMessageRoom();
  const personName = usePersonName();
  const members = trpc.groups.members.useQuery({ roomId }, { enabled: wanted && kind === "group" });
  if (kind === "direct") return () => peerName;
  return (userId) => {
    const user = members.data?.find((member) => member.user.id === userId)?.user ?? profiles.find(userId);
    return user && personName(user);
  };
};
