import type { CDPSession, Worker } from "@playwright/test";
import type { PushPayload } from "~/shared/notifications";
import { openPushService, type PushService } from "~/test/push-service";
import type { Person } from "./person";
import { test as base, expect } from "./test";

/** No push service is in reach of these browsers: this one stands in for it, and hands on to the service worker what comes. */
export const test = base.extend<{ pushService: PushService }>({
  pushService: async ({ baseURL }, use, { parallelIndex }) => {
    // playwright.config.ts lets the server call it.
    await using service = await openPushService(Number(new URL(baseURL ?? "").port) + 1 + parallelIndex);
    await use(service);
  },
});

/** Has the browser allow notifications. */
export const allowNotifications = async ({ browser }: Person): Promise<void> => {
  await browser.grantPermissions(["notifications"]);
};

/** Gives the browser that push service: it subscribes there, and stays subscribed until it says otherwise. */
export const givePushService = async ({ browser }: Person, service: PushService): Promise<void> => {
  let address: ReturnType<PushService["subscribe"]> | undefined;
  await browser.exposeFunction("pushAddress", (change?: "subscribe" | "unsubscribe") => {
    if (change === "subscribe") address ??= service.subscribe();
    if (change === "unsubscribe") address = undefined;
    return address;
  });
  await browser.addInitScript(() => {
    type Address = { endpoint: string; p256dh: string; auth: string };
    const ask = (change?: string): Promise<Address | undefined> =>
      (window as unknown as { pushAddress: typeof ask }).pushAddress(change);
    const bytesOf = (key: string) =>
      Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    const subscriptionTo = ({ endpoint, ...keys }: Address) => ({
      options: { applicationServerKey: bytesOf(localStorage.getItem("push-key") ?? "").buffer },
      toJSON: () => ({ endpoint, keys }),
      unsubscribe: () => ask("unsubscribe"),
    });
    Object.assign(PushManager.prototype, {
      getSubscription: async () => {
        const address = await ask();
        return address ? subscriptionTo(address) : null;
      },
      subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
        localStorage.setItem("push-key", applicationServerKey);
        const address = await ask("subscribe");
        return address && subscriptionTo(address);
      },
    });
  });
};

/** As much of a service worker's global scope as we reach into. */
interface WorkerScope extends EventTarget {
  registration: ServiceWorkerRegistration;
  NotificationEvent: new (type: string, init: { notification: Notification }) => Event;
}

/** The service worker of the only browser of ours that this person has. */
const workerOf = async ({ browser }: Person): Promise<Worker> =>
  browser.serviceWorkers()[0] ?? (await browser.waitForEvent("serviceworker"));

/** What stands in the system's notifications. */
export const standing = async (person: Person): Promise<string[]> =>
  (await workerOf(person)).evaluate(async () => {
    const { registration } = self as unknown as WorkerScope;
    return (await registration.getNotifications()).map(({ title, body }) => `${title}: ${body}`);
  });

/** Clicks the notification that says this. */
export const click = async (person: Person, text: string): Promise<void> =>
  (await workerOf(person)).evaluate(async (wanted) => {
    const scope = self as unknown as WorkerScope;
    const shown = await scope.registration.getNotifications();
    const notification = shown.find(({ title, body }) => `${title}: ${body}` === wanted);
    if (!notification) throw new Error(`nothing says ${wanted}`);
    scope.dispatchEvent(new scope.NotificationEvent("notificationclick", { notification }));
  }, text);

/** What a push service does: hands the browser what has come for it. */
export const openDelivery = async ({
  browser,
  page,
}: Person): Promise<(payload: PushPayload) => Promise<void>> => {
  const session: CDPSession = await browser.newCDPSession(page);
  const registered = new Promise<{ origin: string; registrationId: string }>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [registration] }) => {
      if (!registration) return;
      const { registrationId, scopeURL } = registration;
      resolve({ registrationId, origin: new URL(scopeURL).origin });
    });
  });
  await session.send("ServiceWorker.enable");
  return async (payload) => {
    await session.send("ServiceWorker.deliverPushMessage", {
      ...(await registered),
      data: JSON.stringify(payload),
    });
  };
};

export { expect };
