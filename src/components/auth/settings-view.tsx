"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Avatar } from "~/components/ui/avatar";
import { useEscape } from "~/components/ui/use-escape";
import { ZoneHeader } from "~/components/ui/zone-header";
import { useFace } from "~/i18n/use-face";
import type { User } from "~/shared/users";
import { Appearance } from "./appearance";
import { ChangePasswordForm } from "./change-password-form";
import { DeleteAccount } from "./delete-account";
import { ExportData } from "./export-data";
import { PrivacySettings } from "./privacy-settings";
import { ProfileForm } from "./profile-form";
import { ProfilePicture } from "./profile-picture";
import { SessionList } from "./session-list";
import { SignOutButton, type SignOutButtonProps } from "./sign-out-button";

type SettingsViewProps = SignOutButtonProps & {
  me: User;
  upHref: string;
  /** How this device calls for attention. */
  notifications: ReactNode;
  onClose: () => void;
};

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4 border-line border-b py-7 last:border-b-0">
      <h2 className="font-semibold text-lg">{title}</h2>
      {children}
    </section>
  );
}

/** My account: who I am, how the page looks, password, sessions, and the way out. */
export function SettingsView({ me, upHref, notifications, onClose, ...signOut }: SettingsViewProps) {
  const t = useTranslations("settings");
  const tNotifications = useTranslations("notifications");
  const face = useFace();
  useEscape(onClose);
  return (
    <>
      <ZoneHeader upHref={upHref}>
        <h1 className="font-semibold">{t("title")}</h1>
      </ZoneHeader>
      <div className="flex-1 overflow-y-auto">
        <div className="mx-auto max-w-[560px] px-4 pb-6">
          <section aria-label={t("profile")} className="flex flex-col gap-6 border-line border-b py-7">
            <div className="flex flex-wrap items-center gap-4">
              <Avatar {...face(me)} size="large" />
              <div className="min-w-28 flex-1">
                <p dir="auto" className="wrap-anywhere w-fit font-semibold text-lg">
                  {me.displayName}
                </p>
                <p className="truncate text-ink-2">@{me.username}</p>
              </div>
              <SignOutButton {...signOut} />
            </div>
            <ProfilePicture me={me} />
            <ProfileForm me={me} />
          </section>
          <Section title={t("appearance")}>
            <Appearance />
          </Section>
          <Section title={tNotifications("title")}>{notifications}</Section>
          <Section title={t("privacy")}>
            <PrivacySettings />
          </Section>
          <Section title={t("changePassword")}>
            <ChangePasswordForm me={me} />
          </Section>
          <Section title={t("sessions")}>
            <SessionList />
          </Section>
          <Section title={t("data")}>
            <ExportData />
          </Section>
          <Section title={t("deleteAccount")}>
            <DeleteAccount me={me} onSignedOut={signOut.onSignedOut} />
          </Section>
        </div>
      </div>
    </>
  );
}
