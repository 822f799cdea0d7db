"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Switch } from "~/components/ui/switch";
import { notify } from "~/components/ui/toaster";
import type { Privacy } from "~/shared/auth";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";

/** What I let others see, on all my devices. */
export function PrivacySettings() {
  const t = useTranslations("settings");
  const errorText = useErrorText();
  const { auth } = trpc.useUtils();
  const { data, error } = trpc.auth.privacy.useQuery(undefined, { staleTime: 0 });
  /** What was chosen here, until the server has said so too. */
  const [chosen, setChosen] = useState<Partial<Privacy>>({});
  const update = trpc.auth.updatePrivacy.useMutation({
    onSuccess: (privacy) => auth.privacy.setData(undefined, privacy),
    onError: (failure) => {
      setChosen({});
      void notify("error", errorText(failure));
    },
  });
  const choose = (change: Partial<Privacy>): void => {
    setChosen({ ...chosen, ...change });
    update.mutate(change);
  };
  if (error) return <p role="alert">{errorText(error)}</p>;
  return (
    <>
      <p className="-mt-3 text-ink-2 text-sm">{t("privacyBothWays")}</p>
      {(["sharesReading", "sharesPresence"] as const).map((what) => (
        <Switch
          key={what}
          label={t(what)}
          hint={t(`${what}Hint`)}
          checked={chosen[what] ?? data?.[what] ?? true}
          disabled={data === undefined}
          onChange={(on) => choose({ [what]: on })}
        />
      ))}
    </>
  );
}
