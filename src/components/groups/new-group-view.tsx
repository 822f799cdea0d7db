"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "~/components/ui/button";
import { useEscape } from "~/components/ui/use-escape";
import { ZoneHeader } from "~/components/ui/zone-header";
import type { User } from "~/shared/users";
import { GroupTitleField } from "./group-title-field";
import { PeoplePicker } from "./people-picker";
import { useGroupActions } from "./use-group-actions";

type NewGroupViewProps = {
  upHref: string;
  onClose: () => void;
  onCreated: (roomId: string) => void;
};

/** Opens a group: its name, and who is in it from the start. */
export function NewGroupView({ upHref, onClose, onCreated }: NewGroupViewProps) {
  const t = useTranslations("groups");
  const [title, setTitle] = useState("");
  const [missing, setMissing] = useState(false);
  const [picked, setPicked] = useState<User[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const { create } = useGroupActions();
  useEffect(() => input.current?.focus(), []);
  // What one has begun is not thrown away by a key.
  useEscape(onClose, title === "" && picked.length === 0);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(true);
    const userIds = picked.map(({ id }) => id);
    if (title.trim() === "") input.current?.focus();
    else create.mutate({ title, userIds }, { onSuccess: ({ roomId }) => onCreated(roomId) });
  };
  return (
    <>
      <ZoneHeader upHref={upHref}>
        <h1 className="font-semibold">{t("new")}</h1>
      </ZoneHeader>
      <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <div className="min-h-0 flex-1 overflow-y-auto [--surface:var(--canvas)]">
          <div className="mx-auto flex max-w-[560px] flex-col gap-5 px-4 py-6">
            <GroupTitleField title={title} onChange={setTitle} missing={missing} input={input} />
            <PeoplePicker picked={picked} onChange={setPicked} />
          </div>
        </div>
        <div className="border-line border-t">
          <div className="mx-auto flex max-w-[560px] items-center justify-between gap-4 px-4 py-3">
            <p role="status" className="text-ink-2 text-sm">
              {t("picked", { count: picked.length })}
            </p>
            <Button type="submit" busy={create.isPending || create.isSuccess}>
              {t("create")}
            </Button>
          </div>
        </div>
      </form>
    </>
  );
}
