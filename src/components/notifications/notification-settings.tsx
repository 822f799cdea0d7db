"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Switch } from "~/components/ui/switch";
import { useHydrated } from "~/components/ui/use-hydrated";
import { trpc } from "~/trpc/react";
import { chime } from "./chime";
import { prefer, usePreferences } from "./preferences";
import { isSubscribedToPush, subscribeToPush, unsubscribeFromPush } from "./push-subscription";
import { PushTest } from "./push-test";
import { QuietSetting } from "./quiet-setting";

/** What the browser allows us; `missing` where it has no notifications. */
const readPermission = (): NotificationPermission | "missing" =>
  "Notification" in window ? Notification.permission : "missing";

/** How one is called: on every device, and on this one. */
export function NotificationSettings() {
  const t = useTranslations("notifications");
  const { client } = trpc.useUtils();
  const { browser, sound } = usePreferences();
  const hydrated = useHydrated();
  /** Whether the browser is called when no page of ours is open; undefined until that is known. */
  const [push, setPush] = useState<boolean>();
  const permission = hydrated ? readPermission() : "default";
  const isOff = permission === "missing" || permission === "denied";
  const isOn = browser && permission === "granted";
  useEffect(() => {
    void isSubscribedToPush().then(setPush);
  }, []);

  const changeBrowser = async (on: boolean): Promise<void> => {
    prefer({ browser: on && (await Notification.requestPermission()) === "granted" });
    // Also where it was refused: the permission is the browser's, and tells of no change.
    setPush(on ? await subscribeToPush(client).catch(() => false) : false);
    if (!on) {
      await unsubscribeFromPush();
      await client.notifications.unsubscribe.mutate().catch(() => undefined);
    }
  };
  const hints = { missing: t("browserMissing"), denied: t("browserDenied") };
  const hintOn = push === false ? t("pushMissing") : t("pushOn");
  return (
    <>
      <QuietSetting />
      <p className="text-ink-2 text-sm">{t("thisDevice")}</p>
      <Switch
        label={t("browser")}
        hint={isOff ? hints[permission] : isOn ? hintOn : t("browserHint")}
        checked={isOn}
        disabled={isOff}
        onChange={(on) => void changeBrowser(on)}
      />
      {isOn && push && <PushTest />}
      <Switch
        label={t("sound")}
        hint={t("soundHint")}
        checked={sound}
        onChange={(on) => {
          prefer({ sound: on });
          if (on) chime();
        }}
      />
    </>
  );
}
