import { Eraser } from "~/server/account/eraser";
import type { Storage } from "~/server/attachments/storage";
import { createSessions } from "~/server/auth/session";
import { createTokens } from "~/server/auth/tokens";
import { createDb } from "~/server/infra/db";
import { createMemoryLimits } from "~/server/infra/limits";
import type { Log } from "~/server/infra/log";
import { createSends } from "~/server/messages/commit";
import { RoomFeeds } from "~/server/messages/feed";
import { Notifier } from "~/server/notifications/notifier";
import { createPush } from "~/server/notifications/push";
import { createVapid } from "~/server/notifications/vapid";
import { AccountWatch } from "~/server/realtime/account-watch";
import type { Backplane } from "~/server/realtime/backplane";
import { Looking } from "~/server/realtime/looking";
import { PresenceHub } from "~/server/realtime/presence";
import { ProfileHub } from "~/server/realtime/profiles";
import { RoomWatch } from "~/server/realtime/room-watch";
import { InboxHub } from "~/server/rooms/inbox";
import type { Runtime } from "~/server/runtime";

export interface RuntimeConfig {
  /** A database that is migrated. */
  databaseUrl: string;
  /** Becomes the runtime's own: closed with it. */
  backplane: Backplane;
  secretKey: string;
  /** Where files lie. Nodes of one chat share it. Becomes the runtime's own: closed with it. */
  storage: Storage;
  /** How long the access tokens of programs are good for. */
  accessTokenMinutes: number;
  /** Whether browsers reach us by HTTPS. */
  secureCookie: boolean;
  /** Where push services find out who calls: an `https:` URL. */
  contact?: string | undefined;
  /** Push services (`host:port`) that need not be of the public Internet, nor speak HTTPS. */
  pushHosts?: string[];
  log: Log;
}

export type OwnedRuntime = Runtime & AsyncDisposable;

/** Makes a node out of its parts. Disposing of it answers what was accepted, then closes every connection. */
export const createRuntime = (config: RuntimeConfig): OwnedRuntime => {
  const { backplane, storage, log, secretKey, accessTokenMinutes } = config;
  const db = createDb(config.databaseUrl);
  const sessions = createSessions({ db, secretKey, secureCookie: config.secureCookie });
  const tokens = createTokens({ db, secretKey, accessTokenMinutes });
  const rooms = new RoomWatch(db, backplane, log);
  const accounts = new AccountWatch(db, backplane, log);
  const presence = new PresenceHub(db, backplane, log);
  const profiles = new ProfileHub(db, backplane, log);
  const eraser = new Eraser(db, rooms, log);
  const feeds = new RoomFeeds(db, rooms, log);
  const inboxes = new InboxHub({ db, log, rooms, presence });
  const looking = new Looking(backplane, log);
  const vapid = createVapid({ secretKey, contact: config.contact });
  const push = createPush({ vapid, hosts: config.pushHosts ?? [], log });
  const notifier = new Notifier({ db, log, looking, push });
  const sends = createSends(db, rooms, (messages) => notifier.tell(messages));

  return {
    log,
    db,
    backplane,
    ownLimits: createMemoryLimits(),
    sessions,
    tokens,
    storage,
    rooms,
    accounts,
    presence,
    looking,
    profiles,
    eraser,
    feeds,
    inboxes,
    sends,
    push,
    notifier,
    [Symbol.asyncDispose]: async () => {
      await sends.drain();
      await notifier.close();
      push.close();
      inboxes.close();
      await presence.close();
      looking.close();
      await profiles.close();
      await eraser.close();
      accounts.close();
      rooms.close();
      await backplane.close();
      storage.close();
      await db.$disconnect();
    },
  };
};
