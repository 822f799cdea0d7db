"use client";

import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { groupTitleMaxLength } from "~/shared/limits";

type GroupTitleFieldProps = {
  title: string;
  onChange: (title: string) => void;
  /** The form was sent without a title. */
  missing: boolean;
  input: RefObject<HTMLInputElement | null>;
};

/** A group's name, which it cannot be without. */
export function GroupTitleField({ title, onChange, missing, input }: GroupTitleFieldProps) {
  const t = useTranslations();
  return (
    <Field
      label={t("groups.title")}
      error={missing && title.trim() === "" ? t("errors.fields.titleEmpty") : undefined}
    >
      {(control) => (
        <Input
          {...control}
          ref={input}
          dir="auto"
          autoComplete="off"
          maxLength={groupTitleMaxLength}
          value={title}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
