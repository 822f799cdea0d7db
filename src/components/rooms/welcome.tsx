"use client";

import { useTranslations } from "next-intl";
import { Logo } from "~/components/ui/logo";
import { SoftLink } from "~/components/ui/soft-link";
import type { User } from "~/shared/users";
import { CopyUsername } from "./copy-username";

type WelcomeProps = { me: User; findPeopleHref: string };

/** For somebody with no room yet: how to find people, and how to be found. */
export function Welcome({ me, findPeopleHref }: WelcomeProps) {
  const t = useTranslations("rooms");
  return (
    <div className="m-auto flex max-w-[360px] flex-col items-center px-6 py-10 text-center">
      <Logo className="size-12" />
      <h1 className="mt-5 font-bold text-xl tracking-tight">{t("welcomeTitle", { name: me.displayName })}</h1>
      <p className="mt-2 text-ink-2">{t("welcomeText")}</p>
      <CopyUsername username={me.username} />
      <SoftLink
        href={findPeopleHref}
        className="mt-6 inline-flex h-11 items-center rounded-item bg-accent px-5 font-medium text-accent-ink transition-colors hover:bg-accent/90"
      >
        {t("findPeople")}
      </SoftLink>
    </div>
  );
}
