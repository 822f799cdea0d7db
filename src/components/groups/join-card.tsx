"use client";

import { useTranslations } from "next-intl";
import { Avatar } from "~/components/ui/avatar";
import { Button } from "~/components/ui/button";
import { picturePathsOf } from "~/shared/picture-paths";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";

const card =
  "flex flex-col items-center rounded-2xl border border-line bg-canvas p-6 text-center shadow-float sm:p-8";
const way = "mt-3 rounded-control px-3 py-2 text-ink-2 text-sm hover:text-ink";

type JoinCardProps = { token: string; title: string; pictureId: string | null; memberCount: number };

/** The group that an invite link is of, and the way into it. */
export function JoinCard({ token, title, pictureId, memberCount }: JoinCardProps) {
  const t = useTranslations();
  const errorText = useErrorText();
  const join = trpc.groups.joinByInvite.useMutation({
    // A page load: the chat begins here.
    onSuccess: ({ roomId }) => window.location.assign(`/r/${roomId}`),
  });
  return (
    <section className={card}>
      <Avatar
        seed={title}
        name={title}
        picture={pictureId === null ? null : picturePathsOf(pictureId, token)}
        size="large"
        square
      />
      <h1 dir="auto" className="wrap-anywhere mt-4 font-bold text-xl tracking-tight">
        {t("groups.joinTitle", { title })}
      </h1>
      <p className="mt-1 mb-6 text-ink-2">{t("rooms.people", { count: memberCount })}</p>
      <p role="alert" className="mb-3 text-danger text-sm empty:hidden">
        {join.error && errorText(join.error)}
      </p>
      <Button
        size="large"
        className="w-full"
        busy={join.isPending || join.isSuccess}
        onClick={() => join.mutate({ token })}
      >
        {t("groups.join")}
      </Button>
      <a href="/" className={way}>
        {t("common.backToChats")}
      </a>
    </section>
  );
}

/** In place of the group, when the link works no more. */
export function InviteGone() {
  const t = useTranslations();
  return (
    <section className={card}>
      <h1 className="font-bold text-xl tracking-tight">{t("groups.joinGoneTitle")}</h1>
      <p className="mt-2 text-ink-2">{t("groups.joinGoneText")}</p>
      <a href="/" className={way}>
        {t("common.backToChats")}
      </a>
    </section>
  );
}
