"use client";

import { useTranslations } from "next-intl";
import { Suspense, useState } from "react";
import { Button } from "~/components/ui/button";
import { lazyPart } from "~/components/ui/lazy-part";
import type { User } from "~/shared/users";

const DeleteAccountDialog = lazyPart(() =>
  import("./delete-account-dialog").then((module) => module.DeleteAccountDialog),
);

type DeleteAccountProps = {
  me: User;
  /** Clears what the browser keeps of the account. */
  onSignedOut: () => Promise<void>;
};

/** The way out for good. */
export function DeleteAccount({ me, onSignedOut }: DeleteAccountProps) {
  const t = useTranslations("settings");
  const [asking, setAsking] = useState(false);
  return (
    <>
      <p className="text-ink-2 text-sm">{t("deleteAccountText")}</p>
      <Button variant="danger" className="self-start" onClick={() => setAsking(true)}>
        {t("deleteAccount")}
      </Button>
      {asking && (
        <Suspense>
          <DeleteAccountDialog me={me} onDeleted={onSignedOut} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
