"use client";

import { useMutation } from "@tanstack/react-query";
import { ImageOff, ImagePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionRow } from "~/components/ui/action-row";
import { notify } from "~/components/ui/toaster";
import { usePictureChooser } from "~/components/ui/use-picture-chooser";
import type { RoomSummary } from "~/shared/rooms";
import { trpc } from "~/trpc/react";
import { uploadPicture } from "~/trpc/upload-picture";
import { useErrorText } from "~/trpc/use-error-text";

/** Gives a group a picture, another one, or none. Its timeline says so. */
export function GroupPicture({ room: { id: roomId, pictureId } }: { room: RoomSummary }) {
  const t = useTranslations();
  const errorText = useErrorText();
  const { client } = trpc.useUtils();
  const set = useMutation({
    mutationFn: async (picture: Blob | null) =>
      client.groups.setPicture.mutate({ roomId, pictureId: picture && (await uploadPicture(picture)) }),
    onError: (error) => void notify("error", errorText(error)),
  });
  const { choose, chooser } = usePictureChooser({
    title: t("pictures.groupTitle"),
    square: true,
    save: set.mutateAsync,
    onUnreadable: () => void notify("error", t("errors.IMAGE_UNREADABLE")),
  });
  return (
    <>
      <ActionRow icon={<ImagePlus aria-hidden />} onClick={choose}>
        {t(pictureId ? "pictures.change" : "pictures.add")}
      </ActionRow>
      {pictureId && (
        <ActionRow icon={<ImageOff aria-hidden />} disabled={set.isPending} onClick={() => set.mutate(null)}>
          {t("pictures.remove")}
        </ActionRow>
      )}
      {chooser}
    </>
  );
}
