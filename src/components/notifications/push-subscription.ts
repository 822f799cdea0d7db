import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "~/server/trpc/root";

const textOf = (key: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(key)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

/**
 * Has this browser's push service take calls from our server. Safe to repeat, as with every visit: the browser may have got another
 * address since, or another person's session. Resolves to whether it does now; some browsers have no push service, or reach none.
 */
export const subscribeToPush = async (client: TRPCClient<AppRouter>): Promise<boolean> => {
  if (!("serviceWorker" in navigator && "PushManager" in window)) return false;
  const { pushManager } = await navigator.serviceWorker.ready;
  const { key } = await client.notifications.pushKey.query();
  let subscription = await pushManager.getSubscription();
  const theirs = subscription?.options.applicationServerKey;
  if (subscription && (!theirs || textOf(theirs) !== key)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  const options = { userVisibleOnly: true, applicationServerKey: key };
  subscription ??= await pushManager.subscribe(options).catch(() => null);
  const { endpoint, keys: { p256dh, auth } = {} } = subscription?.toJSON() ?? {};
  if (!endpoint || !p256dh || !auth) return false;
  await client.notifications.subscribe.mutate({ endpoint, p256dh, auth });
  return true;
};

const current = async (): Promise<PushSubscription | null | undefined> =>
  (await navigator.serviceWorker?.getRegistration())?.pushManager?.getSubscription();

/** Whether this browser's push service takes calls for us. */
export const isSubscribedToPush = async (): Promise<boolean> => Boolean(await current().catch(() => null));

/** Has this browser's push service take no calls any more. */
export const unsubscribeFromPush = async (): Promise<void> => {
  const subscription = await current().catch(() => null);
  await subscription?.unsubscribe().catch(() => undefined);
};
