"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Button } from "~/components/ui/button";
import { Dialog } from "~/components/ui/dialog";
import { Field } from "~/components/ui/field";
import { deleteAccountInput } from "~/shared/account";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";
import { FormError } from "./form-error";
import { PasswordInput } from "./password-input";
import { useFormErrors } from "./use-form-errors";

type DeleteAccountDialogProps = {
  me: User;
  /** Clears what the browser keeps of the account. */
  onDeleted: () => Promise<void>;
  onClose: () => void;
};

/** Says what goes and what stays, and asks for the password. */
export function DeleteAccountDialog({ me, onDeleted, onClose }: DeleteAccountDialogProps) {
  const t = useTranslations();
  const form = useForm({
    resolver: zodResolver(deleteAccountInput),
    defaultValues: { password: "", eraseMessages: false },
  });
  const errors = useFormErrors(form, { WRONG_PASSWORD: "password" });
  const deletion = trpc.account.delete.useMutation({
    onSuccess: async () => {
      await onDeleted();
      // A page load, so that nothing of the account stays in memory.
      window.location.assign("/sign-in?deleted");
    },
    onError: errors.show,
  });
  return (
    <Dialog title={t("settings.deleteAccountTitle")} onClose={onClose}>
      <form
        noValidate
        method="post"
        onSubmit={form.handleSubmit((input) => deletion.mutate(input))}
        className="flex flex-col gap-4 overflow-y-auto px-6 pt-1 pb-6"
      >
        <ul className="flex list-disc flex-col gap-2 ps-5 text-ink-2 text-sm marker:text-ink-3">
          <li>{t("settings.deleteAccountGoes")}</li>
          <li>{t("settings.deleteAccountStays")}</li>
          <li>{t("settings.deleteAccountGroups")}</li>
          <li>{t("settings.deleteAccountForGood")}</li>
        </ul>
        <label className="flex min-h-10 cursor-pointer items-center gap-3">
          <input
            type="checkbox"
            {...form.register("eraseMessages")}
            className="size-[18px] shrink-0 accent-(--accent)"
          />
          <span className="font-medium text-sm">{t("settings.deleteAccountMessages")}</span>
        </label>
        {/* Tells password managers whose password this is. */}
        <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
        <Field label={t("settings.currentPassword")} error={errors.textOf("password")}>
          {(control) => (
            <PasswordInput {...control} {...form.register("password")} autoComplete="current-password" />
          )}
        </Field>
        <FormError text={form.formState.errors.root?.message} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" variant="danger" busy={deletion.isPending || deletion.isSuccess}>
            {t("settings.deleteAccountConfirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
