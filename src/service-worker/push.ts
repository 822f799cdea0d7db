import { type CallData, showCall, showNote, type WorkerMessage } from "~/browser/calls";
import type { PushPayload } from "~/shared/notifications";
import { roomHref } from "~/shared/room-href";
import { wordsFor } from "./words";

declare const self: ServiceWorkerGlobalScope;

const openPages = () => self.clients.matchAll({ type: "window", includeUncontrolled: true });

const tell = (page: Client, message: WorkerMessage): void => page.postMessage(message);

/** A page that is still loading hears nothing; one that answers nothing for so long is taken for one. Milliseconds. */
const patienceMs = 1_000;

/** Has a page do something, if it hears. Resolves to whether it did. */
const ask = (page: Client, message: WorkerMessage): Promise<boolean> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(true);
    setTimeout(() => resolve(false), patienceMs);
    page.postMessage(message, [port2]);
  });

/** Shows what a push tells of. */
export const answerPush = async (payload: PushPayload): Promise<void> => {
  const pages = await openPages();
  const words = await wordsFor(payload);
  if (payload.type === "test") {
    await showNote(self.registration, words);
    for (const page of pages) tell(page, { type: "tested" });
    return;
  }
  // A page that is looked at calls by itself, for what is not before one's eyes there.
  if (pages.some(({ focused }) => focused)) return;
  const { roomId, seq, pictureId } = payload;
  await showCall(self.registration, { roomId, seq, pictureId, ...words }, { silent: false });
};

/** Leads to where a notification came from: in a page that is open, or in a new one. */
export const answerClick = async (notification: Notification): Promise<void> => {
  notification.close();
  const { roomId } = (notification.data ?? {}) as Partial<CallData>;
  const href = roomId === undefined ? "/" : roomHref(roomId);
  const [page] = await openPages();
  if (!page) {
    await self.clients.openWindow(href);
    return;
  }
  // Browsers may refuse it, as where the click was not on the notification itself.
  await page.focus().catch(() => undefined);
  if (roomId === undefined || (await ask(page, { type: "open", roomId }))) return;
  // It loads the address anew; a page that this worker does not look after is left where it is.
  await page.navigate(href).catch(() => undefined);
};
