"use client";

import { type Messages, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { passwordLength } from "~/shared/auth";
import type { ErrorReason } from "~/shared/errors";
import { usernameLength } from "~/shared/users";
import { asRouterError, useErrorText } from "~/trpc/use-error-text";

const limits = {
  usernameMin: usernameLength.min,
  usernameMax: usernameLength.max,
  passwordMin: passwordLength.min,
  passwordMax: passwordLength.max,
};

type FieldKey = `fields.${keyof Messages["errors"]["fields"]}`;

/**
 * The errors of a form, in words. Both the schemas and the server name them by keys of the catalogue.
 * @param byReason the field that a refusal of the whole call is about: `{ USERNAME_TAKEN: "username" }`
 */
export const useFormErrors = <T extends FieldValues>(
  form: UseFormReturn<T>,
  byReason: Partial<Record<ErrorReason, FieldPath<T>>> = {},
) => {
  const t = useTranslations("errors");
  const errorText = useErrorText();

  /** The sentence for what is wrong with a field; undefined if nothing is. */
  const textOf = useCallback(
    (field: FieldPath<T>): string | undefined => {
      const { error } = form.getFieldState(field, form.formState);
      if (!error) return undefined;
      const key = `fields.${error.message}` as FieldKey;
      return t.has(key) ? t(key, limits) : (error.message ?? t("INVALID_INPUT"));
    },
    [form, t],
  );

  /** Shows what the server refused: beside the field it is about, or above the button. */
  const show = (error: unknown): void => {
    const data = asRouterError(error)?.data;
    const fields = Object.entries(data?.fields ?? {});
    const field = data?.reason ? byReason[data.reason] : undefined;
    for (const [index, [name, [message]]] of fields.entries()) {
      if (message !== undefined)
        form.setError(name as FieldPath<T>, { message }, { shouldFocus: index === 0 });
    }
    if (fields.length > 0) return;
    if (field) form.setError(field, { message: errorText(error) }, { shouldFocus: true });
    else form.setError("root", { message: errorText(error) });
  };

  return { textOf, show };
};
