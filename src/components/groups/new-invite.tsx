"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "~/components/ui/button";
import { Field } from "~/components/ui/field";
import { Select } from "~/components/ui/select";

const daySeconds = 24 * 60 * 60;
const days = [1, 7, 30];
const uses = [1, 10, 100];

type NewInviteProps = {
  busy: boolean;
  onCreate: (limits: { expiresInSeconds?: number; maxUses?: number }) => void;
};

/** How long a new link is good, and for how many. */
export function NewInvite({ busy, onCreate }: NewInviteProps) {
  const t = useTranslations("groups");
  const [expiry, setExpiry] = useState("7");
  const [limit, setLimit] = useState("");
  const choice = (
    label: string,
    [value, onChange]: [string, (value: string) => void],
    options: ReactNode,
  ): ReactNode => (
    <Field label={label}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          {options}
        </Select>
      )}
    </Field>
  );
  const option = (value: number, label: string) => (
    <option key={value} value={value}>
      {label}
    </option>
  );
  const create = (): void =>
    onCreate({
      ...(expiry && { expiresInSeconds: Number(expiry) * daySeconds }),
      ...(limit && { maxUses: Number(limit) }),
    });
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-1">
      {choice(
        t("inviteExpiry"),
        [expiry, setExpiry],
        <>
          {days.map((count) => option(count, t("days", { count })))}
          <option value="">{t("never")}</option>
        </>,
      )}
      {choice(
        t("inviteUses"),
        [limit, setLimit],
        <>
          {uses.map((count) => option(count, t("timesLimit", { count })))}
          <option value="">{t("noLimit")}</option>
        </>,
      )}
      <Button busy={busy} onClick={create} className="col-span-2 mt-2">
        {t("createInvite")}
      </Button>
    </div>
  );
}
