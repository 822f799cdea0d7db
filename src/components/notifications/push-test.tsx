"use client";

import { useTranslations } from "next-intl";
import { Button } from "~/components/ui/button";
import { usePushTest } from "./use-push-test";

const texts = {
  sent: "testing",
  arrived: "testArrived",
  late: "testAccepted",
  refused: "testRefused",
  unreachable: "testUnreachable",
} as const;

/** Shows whether notifications reach this device, and where they stop if they do not. */
export function PushTest() {
  const t = useTranslations("notifications");
  const { progress, run } = usePushTest();
  const isOver = progress?.state !== "running" && progress?.state !== "sent";
  return (
    <div>
      <Button variant="secondary" size="small" busy={!isOver} onClick={() => void run()}>
        {t("test")}
      </Button>
      <p role="status" className="mt-2 text-ink-2 text-sm empty:hidden">
        {progress?.state === "failed" && progress.reason}
        {progress && progress.state in texts && t(texts[progress.state as keyof typeof texts])}
      </p>
    </div>
  );
}
