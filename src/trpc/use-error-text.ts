"use client";

import { TRPCClientError } from "@trpc/client";
import { useFormatter, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { AppRouter } from "~/server/trpc/root";
import { HttpProblem } from "./http-problem";

type RouterError = TRPCClientError<AppRouter>;

/** What went wrong in a call, typed; undefined if it was not a call that failed. */
export const asRouterError = (error: unknown): RouterError | undefined =>
  error instanceof TRPCClientError ? (error as RouterError) : undefined;

/** What a call, over tRPC or plain HTTP, was refused for; null without an answer, undefined if it was no call. */
const refusalOf = (
  error: unknown,
): Pick<HttpProblem, "reason" | "retryAfterSeconds"> | RouterError["data"] | null => {
  if (error instanceof HttpProblem) return error.status === undefined ? null : error;
  const failure = asRouterError(error);
  return failure && (failure.data ?? null);
};

/** Turns whatever a call failed with into a sentence for the person. */
export const useErrorText = (): ((error: unknown) => string) => {
  const t = useTranslations("errors");
  const format = useFormatter();
  return useCallback(
    (error) => {
      const refusal = refusalOf(error);
      if (refusal === null) return t("network");
      const reason = refusal?.reason;
      if (!reason) return t("unexpected");
      if (reason !== "RATE_LIMITED") return t(reason);
      const now = new Date();
      const seconds = refusal.retryAfterSeconds ?? 60;
      return t(reason, { when: format.relativeTime(new Date(now.getTime() + seconds * 1000), now) });
    },
    [t, format],
  );
};
