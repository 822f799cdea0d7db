"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import { Button } from "~/components/ui/button";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { registerInput } from "~/shared/auth";
import { trpc } from "~/trpc/react";
import { FormError } from "./form-error";
import { PasswordInput } from "./password-input";
import { PasswordStrength } from "./password-strength";
import { useFormErrors } from "./use-form-errors";

/** @param next the address to go to then */
export function RegisterForm({ next }: { next: string }) {
  const t = useTranslations("auth");
  const form = useForm({
    resolver: zodResolver(registerInput),
    defaultValues: { displayName: "", username: "", password: "" },
    mode: "onTouched",
  });
  const errors = useFormErrors(form, { USERNAME_TAKEN: "username", PASSWORD_TOO_COMMON: "password" });
  const register = trpc.auth.register.useMutation({
    // A page load: the chat begins with nothing in memory, and password managers see the form succeed.
    onSuccess: () => window.location.assign(next),
    onError: errors.show,
  });
  const [password, username, displayName] = useWatch({
    control: form.control,
    name: ["password", "username", "displayName"],
  });

  return (
    <form
      noValidate
      method="post"
      onSubmit={form.handleSubmit((input) => register.mutate(input))}
      className="flex flex-col gap-4"
    >
      <Field label={t("displayName")} hint={t("displayNameHint")} error={errors.textOf("displayName")}>
        {(control) => <Input {...control} {...form.register("displayName")} autoComplete="name" />}
      </Field>
      <Field label={t("username")} hint={t("usernameHint")} error={errors.textOf("username")}>
        {(control) => (
          <Input
            {...control}
            {...form.register("username")}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field
        label={t("password")}
        hint={<PasswordStrength password={password} ownWords={[username, displayName]} />}
        error={errors.textOf("password")}
      >
        {(control) => (
          <PasswordInput {...control} {...form.register("password")} autoComplete="new-password" />
        )}
      </Field>
      <FormError text={form.formState.errors.root?.message} />
      <Button type="submit" size="large" busy={register.isPending || register.isSuccess}>
        {t("register")}
      </Button>
    </form>
  );
}
