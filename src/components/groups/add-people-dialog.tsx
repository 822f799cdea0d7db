"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "~/components/ui/button";
import { Dialog } from "~/components/ui/dialog";
import type { User } from "~/shared/users";
import { PeoplePicker } from "./people-picker";
import { useGroupActions } from "./use-group-actions";

type AddPeopleDialogProps = { roomId: string; memberIds: ReadonlySet<string>; onClose: () => void };

/** Puts more people into a group. */
export function AddPeopleDialog({ roomId, memberIds, onClose }: AddPeopleDialogProps) {
  const t = useTranslations("groups");
  const [picked, setPicked] = useState<User[]>([]);
  const { addMembers } = useGroupActions();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    addMembers.mutate({ roomId, userIds: picked.map(({ id }) => id) }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t("add")} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex min-h-0 flex-col gap-4 px-6 pb-6">
        <PeoplePicker picked={picked} onChange={setPicked} without={memberIds} />
        <Button type="submit" disabled={picked.length === 0} busy={addMembers.isPending} className="self-end">
          {t("addPicked", { count: picked.length })}
        </Button>
      </form>
    </Dialog>
  );
}
