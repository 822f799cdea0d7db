"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "~/components/ui/button";
import { Dialog } from "~/components/ui/dialog";
import type { RoomSummary } from "~/shared/rooms";
import { GroupTitleField } from "./group-title-field";
import { useGroupActions } from "./use-group-actions";

type RenameDialogProps = { room: RoomSummary; onClose: () => void };

/** Gives a group another name. */
export function RenameDialog({ room, onClose }: RenameDialogProps) {
  const t = useTranslations("groups");
  const [title, setTitle] = useState(room.title ?? "");
  const input = useRef<HTMLInputElement>(null);
  const { rename } = useGroupActions();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (title.trim() === "") input.current?.focus();
    else rename.mutate({ roomId: room.id, title }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t("rename")} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5 px-6 pb-6">
        <GroupTitleField title={title} onChange={setTitle} missing input={input} />
        <Button type="submit" busy={rename.isPending} className="self-end">
          {t("save")}
        </Button>
      </form>
    </Dialog>
  );
}
