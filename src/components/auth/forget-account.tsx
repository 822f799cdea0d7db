"use client";

import { useEffect } from "react";

const forget = async (): Promise<void> => {
  const [{ forgetAccount }, { closeCalls }] = await Promise.all([
    import("~/browser/kept-account"),
    import("~/browser/calls"),
  ]);
  await forgetAccount();
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration) await closeCalls(registration);
  await navigator.clearAppBadge?.();
};

/** Nobody is signed in: what the browser has kept and shown for whoever was goes. */
export function ForgetAccount() {
  useEffect(() => {
    forget().catch(() => undefined);
  }, []);
  return null;
}
