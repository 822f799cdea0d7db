"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "~/components/ui/button";
import { notify } from "~/components/ui/toaster";
import { usePictureChooser } from "~/components/ui/use-picture-chooser";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";
import { uploadPicture } from "~/trpc/upload-picture";
import { useErrorText } from "~/trpc/use-error-text";

/** Gives me a picture, another one, or none. */
export function ProfilePicture({ me }: { me: User }) {
  const t = useTranslations();
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const set = useMutation({
    mutationFn: async (picture: Blob | null) =>
      utils.client.auth.setPicture.mutate({ pictureId: picture && (await uploadPicture(picture)) }),
    onSuccess: (user) => {
      utils.auth.me.setData(undefined, user);
      void notify("success", t(user.pictureId ? "pictures.saved" : "pictures.removed"));
    },
    onError: (error) => void notify("error", errorText(error)),
  });
  const { choose, chooser } = usePictureChooser({
    title: t("pictures.title"),
    save: set.mutateAsync,
    onUnreadable: () => void notify("error", t("errors.IMAGE_UNREADABLE")),
  });
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="secondary" size="small" onClick={choose}>
        {t(me.pictureId ? "pictures.change" : "pictures.add")}
      </Button>
      {me.pictureId && (
        <Button variant="ghost" size="small" disabled={set.isPending} onClick={() => set.mutate(null)}>
          {t("pictures.remove")}
        </Button>
      )}
      {chooser}
    </div>
  );
}
