"use client";

import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "~/components/ui/button";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import { notify } from "~/components/ui/toaster";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";

export type SignOutButtonProps = {
  /** How many messages have not gone out: they would be lost. */
  countUnsent: () => Promise<number>;
  /** Clears what the browser keeps of the account. */
  onSignedOut: () => Promise<void>;
};

/** Ends this session, after a warning if something would be lost with it. */
export function SignOutButton({ countUnsent, onSignedOut }: SignOutButtonProps) {
  const t = useTranslations("settings");
  const errorText = useErrorText();
  const [unsent, setUnsent] = useState(0);
  const signOut = trpc.auth.signOut.useMutation({
    onSuccess: async () => {
      await onSignedOut();
      // A page load, so that nothing of the account stays in memory.
      window.location.assign("/sign-in");
    },
    onError: (error) => void notify("error", errorText(error)),
  });
  const ask = async (): Promise<void> => {
    const count = await countUnsent();
    if (count > 0) setUnsent(count);
    else signOut.mutate();
  };
  return (
    <>
      <Button variant="danger" busy={signOut.isPending || signOut.isSuccess} onClick={() => void ask()}>
        <LogOut aria-hidden className="size-4 rtl:-scale-x-100" />
        {t("signOut")}
      </Button>
      {unsent > 0 && (
        <ConfirmDialog
          title={t("signOutUnsentTitle", { count: unsent })}
          text={t("signOutUnsentText")}
          confirmLabel={t("signOut")}
          onConfirm={() => signOut.mutate()}
          onClose={() => setUnsent(0)}
        />
      )}
    </>
  );
}
