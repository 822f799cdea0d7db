"use client";

import { Monitor, Smartphone, X } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { Button } from "~/components/ui/button";
import { IconButton } from "~/components/ui/icon-button";
import { Skeleton } from "~/components/ui/skeleton";
import { notify } from "~/components/ui/toaster";
import type { SessionSummary } from "~/shared/auth";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";
import { deviceName } from "./device-name";

/** Where my account is signed in, and the way to end it there. */
export function SessionList() {
  const t = useTranslations("settings");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const sessions = trpc.auth.sessions.useQuery();
  const settled = {
    onError: (error: unknown) => void notify("error", errorText(error)),
    onSettled: () => utils.auth.sessions.invalidate(),
  };
  const endOne = trpc.auth.revokeSession.useMutation({
    ...settled,
    onSuccess: () => void notify("success", t("sessionEnded")),
  });
  const endOthers = trpc.auth.revokeOtherSessions.useMutation({
    ...settled,
    onSuccess: () => void notify("success", t("othersEnded")),
  });

  const nameOf = ({ userAgent }: SessionSummary): string => {
    const { browser, system } = deviceName(userAgent);
    return browser && system ? t("device", { browser, system }) : (browser ?? system ?? t("unknownDevice"));
  };

  if (sessions.error) return <p className="text-ink-2">{errorText(sessions.error)}</p>;
  if (!sessions.data) return <Skeleton className="h-12" />;
  return (
    <>
      <ul className="flex flex-col divide-y divide-line">
        {sessions.data.map((session) => {
          const device = nameOf(session);
          const Icon = /iPhone|iPad|Android/.test(device) ? Smartphone : Monitor;
          const lastUsed = new Date(Math.min(session.lastUsedAt.getTime(), now.getTime()));
          return (
            <li key={session.id} className="flex min-h-14 items-center gap-3 py-2">
              <Icon aria-hidden className="size-5 shrink-0 text-ink-3" />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{device}</span>
                <span className="block truncate text-ink-3 text-sm">
                  {session.current ? (
                    <span className="text-ok">{t("currentSession")}</span>
                  ) : (
                    t("lastUsed", { when: format.relativeTime(lastUsed, now) })
                  )}
                  {session.ip && ` · ${session.ip}`}
                </span>
              </span>
              {!session.current && (
                <IconButton
                  label={t("endSession", { device })}
                  disabled={endOne.isPending}
                  onClick={() => endOne.mutate({ sessionId: session.id })}
                  tooltip={{ align: "end" }}
                >
                  <X aria-hidden />
                </IconButton>
              )}
            </li>
          );
        })}
      </ul>
      {sessions.data.length > 1 && (
        <Button
          variant="secondary"
          className="self-start"
          busy={endOthers.isPending}
          onClick={() => endOthers.mutate()}
        >
          {t("endOthers")}
        </Button>
      )}
    </>
  );
}
