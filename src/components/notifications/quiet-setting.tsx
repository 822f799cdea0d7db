"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "~/components/ui/button";
import { useDoNotDisturb } from "./use-do-not-disturb";

/** Do not disturb, as a setting: on every device. */
export function QuietSetting() {
  const t = useTranslations("notifications");
  const { state, choices, turnOff, isPending } = useDoNotDisturb();
  const titleId = useId();
  const hintId = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <div role="group" aria-labelledby={titleId} aria-describedby={hintId}>
      <p id={titleId} className="font-medium text-sm">
        {state ?? t("doNotDisturb")}
      </p>
      <p id={hintId} className="text-ink-2 text-sm">
        {t("doNotDisturbHint")}
      </p>
      <div className="mt-2.5 flex flex-wrap gap-2">
        {state ? (
          <Button variant="secondary" size="small" busy={isPending} onClick={turnOff}>
            {t("turnOff")}
          </Button>
        ) : (
          choices.map(({ label, set }) => (
            <Button key={label} variant="secondary" size="small" disabled={isPending} onClick={set}>
              {label}
            </Button>
          ))
        )}
      </div>
    </div>
  );
}
