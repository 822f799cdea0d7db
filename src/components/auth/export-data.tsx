"use client";

import { useTranslations } from "next-intl";
import { Button } from "~/components/ui/button";
import { notify } from "~/components/ui/toaster";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";

/** Has the browser save what is at this address, without leaving the page whatever comes of it. */
const download = (url: string): void => {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
};

/** Everything that I have here, to take with me. */
export function ExportData() {
  const t = useTranslations("settings");
  const errorText = useErrorText();
  const request = trpc.account.requestExport.useMutation({
    onSuccess: ({ url }) => {
      download(url);
      void notify("success", t("exportStarted"));
    },
    onError: (error) => void notify("error", errorText(error)),
  });
  return (
    <>
      <p className="text-ink-2 text-sm">{t("exportText")}</p>
      <Button
        variant="secondary"
        className="self-start"
        busy={request.isPending}
        onClick={() => request.mutate()}
      >
        {t("export")}
      </Button>
    </>
  );
}
