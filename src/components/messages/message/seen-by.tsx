"use client";

import { useTranslations } from "next-intl";
import { Avatar } from "~/components/ui/avatar";
import { Dialog } from "~/components/ui/dialog";
import { useFace } from "~/i18n/use-face";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";
import { useMessageRoom } from "../message-room";

/** Who of a group has read one's message, as far as it is one's to know. */
export function SeenBy({ seq, onClose }: { seq: number; onClose: () => void }) {
  const t = useTranslations("messages");
  const errorText = useErrorText();
  const face = useFace();
  const { id: roomId, me } = useMessageRoom();
  const members = trpc.groups.members.useQuery({ roomId }, { staleTime: 0 });
  const privacy = trpc.auth.privacy.useQuery(undefined, { staleTime: 0 });
  const isOff = privacy.data?.sharesReading === false;
  const seen = members.data?.filter(({ user, readSeq }) => user.id !== me.id && (readSeq ?? 0) >= seq);
  return (
    <Dialog title={t("seenBy")} onClose={onClose}>
      {members.error && <p role="alert">{errorText(members.error)}</p>}
      {!seen && !members.error && <p className="py-2 text-ink-3">{t("emojiLoading")}</p>}
      {seen?.length === 0 && <p className="py-2 text-ink-2">{t(isOff ? "seenByOff" : "seenByNobody")}</p>}
      <ul className="flex max-h-80 flex-col overflow-y-auto">
        {seen?.map(({ user }) => (
          <li key={user.id} className="flex min-h-11 items-center gap-3">
            <Avatar {...face(user)} size="small" />
            <bdi className="truncate">{user.displayName}</bdi>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
