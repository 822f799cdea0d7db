import { picturePathsOf } from "~/shared/picture-paths";

/*
 * A call is a notification of the system, by which a room calls for attention: one a room, which its newest message takes over.
 * Pages show them while they are open, the service worker when a push comes; either may be the first to hear of a message.
 */

interface Call {
  roomId: string;
  /** Of the message that calls. */
  seq: number;
  title: string;
  body: string;
  /** Whose face it shows: of the group, or of who wrote; null for our own mark. */
  pictureId: string | null;
}

/** What a call carries, for whoever finds it again. */
export interface CallData {
  roomId: string;
  seq: number;
}

/** Newer than the types that TypeScript has of it. */
type Options = NotificationOptions & { renotify?: boolean };

const look = { icon: "/icons/icon-192.png", badge: "/icons/badge-96.png" };

const seqOf = ({ data }: Notification): number => (data as CallData).seq;

/** Runs `work` when nobody else, in a page or in the service worker, calls for this room. */
const inTurn = <T>(roomId: string, work: () => Promise<T>): Promise<T> =>
  navigator.locks.request(`charla:calls:${roomId}`, work) as Promise<T>;

/**
 * Shows a call, unless this message or a later one calls already. Resolves to whether it does now.
 *
 * @param silent there is another sound
 */
export const showCall = (
  registration: ServiceWorkerRegistration,
  { roomId, seq, title, body, pictureId }: Call,
  { silent }: { silent: boolean },
): Promise<boolean> =>
  inTurn(roomId, async () => {
    const standing = await registration.getNotifications({ tag: roomId });
    if (standing.some((call) => seqOf(call) >= seq)) return false;
    const data: CallData = { roomId, seq };
    const icon = pictureId === null ? look.icon : picturePathsOf(pictureId).large;
    const options: Options = { ...look, icon, body, tag: roomId, data, silent, renotify: !silent };
    await registration.showNotification(title, options);
    return true;
  });

/** Shows a notification that is about no room. */
export const showNote = (
  registration: ServiceWorkerRegistration,
  { title, body }: Pick<Call, "title" | "body">,
): Promise<void> => registration.showNotification(title, { ...look, body, tag: "note" });

/** Takes away the calls of the rooms for which `isOver` says so; without it, every notification of ours. */
export const closeCalls = async (
  registration: ServiceWorkerRegistration,
  isOver: (roomId: string) => boolean = () => true,
): Promise<void> => {
  for (const notification of await registration.getNotifications()) {
    if (isOver(notification.tag)) notification.close();
  }
};

/** What the service worker tells pages. */
export type WorkerMessage = { type: "open"; roomId: string } | { type: "tested" };
