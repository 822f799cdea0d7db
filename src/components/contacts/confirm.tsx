"use client";

import { useTranslations } from "next-intl";
import { Suspense } from "react";
import { lazyPart } from "~/components/ui/lazy-part";
import type { User } from "~/shared/users";

const ConfirmDialog = lazyPart(() =>
  import("~/components/ui/confirm-dialog").then((module) => module.ConfirmDialog),
);

const texts = {
  block: { title: "blockTitle", text: "blockText", confirm: "block" },
  remove: { title: "removeTitle", text: "removeText", confirm: "remove" },
} as const;

type ConfirmProps = {
  what: keyof typeof texts;
  user: User;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks before blocking or removing somebody. Rendered only while it asks. */
export function Confirm({ what, user, onConfirm, onClose }: ConfirmProps) {
  const t = useTranslations("contacts");
  const { title, text, confirm } = texts[what];
  return (
    <Suspense>
      <ConfirmDialog
        title={t(title, { name: user.displayName })}
        text={t(text)}
        confirmLabel={t(confirm)}
        onConfirm={onConfirm}
        onClose={onClose}
      />
    </Suspense>
  );
}
