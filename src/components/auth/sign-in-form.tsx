"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Button } from "~/components/ui/button";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { signInInput } from "~/shared/auth";
import { trpc } from "~/trpc/react";
import { FormError } from "./form-error";
import { PasswordInput } from "./password-input";
import { useFormErrors } from "./use-form-errors";

/** @param next the address to go to then */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("auth");
  const form = useForm({ resolver: zodResolver(signInInput), defaultValues: { username: "", password: "" } });
  const errors = useFormErrors(form);
  const signIn = trpc.auth.signIn.useMutation({
    // A page load: the chat begins with nothing in memory, and password managers see the form succeed.
    onSuccess: () => window.location.assign(next),
    onError: errors.show,
  });

  return (
    <form
      noValidate
      method="post"
      onSubmit={form.handleSubmit((input) => signIn.mutate(input))}
      className="flex flex-col gap-4"
    >
      <Field label={t("username")} error={errors.textOf("username")}>
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
      <Field label={t("password")} error={errors.textOf("password")}>
        {(control) => (
          <PasswordInput {...control} {...form.register("password")} autoComplete="current-password" />
        )}
      </Field>
      <FormError text={form.formState.errors.root?.message} />
      <Button type="submit" size="large" busy={signIn.isPending || signIn.isSuccess}>
        {t("signIn")}
      </Button>
    </form>
  );
}
