"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Button } from "~/components/ui/button";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { notify } from "~/components/ui/toaster";
import { updateProfileInput } from "~/shared/auth";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";
import { FormError } from "./form-error";
import { useFormErrors } from "./use-form-errors";

/** How others see me. */
export function ProfileForm({ me }: { me: User }) {
  const t = useTranslations();
  const utils = trpc.useUtils();
  const form = useForm({
    resolver: zodResolver(updateProfileInput),
    defaultValues: { displayName: me.displayName },
  });
  const errors = useFormErrors(form);
  const update = trpc.auth.updateProfile.useMutation({
    onSuccess: (user) => {
      utils.auth.me.setData(undefined, user);
      form.reset({ displayName: user.displayName });
      void notify("success", t("settings.nameChanged"));
    },
    onError: errors.show,
  });
  return (
    <form
      noValidate
      method="post"
      onSubmit={form.handleSubmit((input) => update.mutate(input))}
      className="flex flex-col gap-4"
    >
      <Field
        label={t("auth.displayName")}
        hint={t("auth.displayNameHint")}
        error={errors.textOf("displayName")}
      >
        {(control) => <Input {...control} {...form.register("displayName")} dir="auto" autoComplete="name" />}
      </Field>
      <FormError text={form.formState.errors.root?.message} />
      <Button type="submit" variant="secondary" busy={update.isPending} className="self-start">
        {t("settings.saveName")}
      </Button>
    </form>
  );
}
