"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import { Button } from "~/components/ui/button";
import { Field } from "~/components/ui/field";
import { notify } from "~/components/ui/toaster";
import { changePasswordInput } from "~/shared/auth";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";
import { FormError } from "./form-error";
import { PasswordInput } from "./password-input";
import { PasswordStrength } from "./password-strength";
import { useFormErrors } from "./use-form-errors";

export function ChangePasswordForm({ me }: { me: User }) {
  const t = useTranslations("settings");
  const utils = trpc.useUtils();
  const form = useForm({
    resolver: zodResolver(changePasswordInput),
    defaultValues: { currentPassword: "", newPassword: "" },
  });
  const errors = useFormErrors(form, {
    WRONG_PASSWORD: "currentPassword",
    PASSWORD_TOO_COMMON: "newPassword",
  });
  const change = trpc.auth.changePassword.useMutation({
    onSuccess: () => {
      form.reset();
      void utils.auth.sessions.invalidate();
      void notify("success", t("passwordChanged"));
    },
    onError: errors.show,
  });
  const newPassword = useWatch({ control: form.control, name: "newPassword" });

  return (
    <form
      noValidate
      method="post"
      onSubmit={form.handleSubmit((input) => change.mutate(input))}
      className="flex flex-col gap-4"
    >
      {/* Tells password managers whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      <Field label={t("currentPassword")} error={errors.textOf("currentPassword")}>
        {(control) => (
          <PasswordInput {...control} {...form.register("currentPassword")} autoComplete="current-password" />
        )}
      </Field>
      <Field
        label={t("newPassword")}
        hint={<PasswordStrength password={newPassword} ownWords={[me.username, me.displayName]} />}
        error={errors.textOf("newPassword")}
      >
        {(control) => (
          <PasswordInput {...control} {...form.register("newPassword")} autoComplete="new-password" />
        )}
      </Field>
      <FormError text={form.formState.errors.root?.message} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" variant="secondary" busy={change.isPending}>
          {t("savePassword")}
        </Button>
        <p className="text-ink-3 text-sm">{t("passwordHint")}</p>
      </div>
    </form>
  );
}
