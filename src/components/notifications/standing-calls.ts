import { closeCalls, showCall } from "~/browser/calls";
import { preferences } from "./preferences";

type Call = Parameters<typeof showCall>[1];

/** On somebody's first visit the service worker takes a moment to start; longer than this something is wrong. Milliseconds. */
const patienceMs = 5_000;

/** What shows notifications; undefined where there is nothing, as for pages without HTTPS. */
const registration = async (): Promise<ServiceWorkerRegistration | undefined> => {
  const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs));
  return worker && Promise.race([worker.ready, late]);
};

/**
 * Has the browser show that somebody has written, if that is wanted and allowed here. Resolves to whether it was news: false where
 * a push has told of it already, with a sound of the system's.
 */
export const callFor = async (call: Call): Promise<boolean> => {
  if (!preferences().browser || !("Notification" in window) || Notification.permission !== "granted")
    return true;
  const shownBy = await registration();
  // Its sound is ours, if any.
  return shownBy ? showCall(shownBy, call, { silent: true }).catch(() => true) : true;
};

/** Takes away what calls for rooms that need it no more, whoever has shown it; without a condition, all of it. */
export const endCalls = async (isOver?: (roomId: string) => boolean): Promise<void> => {
  const shownBy = await registration();
  if (shownBy) await closeCalls(shownBy, isOver).catch(() => undefined);
};
