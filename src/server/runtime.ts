import type { Eraser } from "~/server/account/eraser";
import type { Storage } from "~/server/attachments/storage";
import type { Sessions } from "~/server/auth/session";
import type { Tokens } from "~/server/auth/tokens";
import type { Db } from "~/server/infra/db";
import type { Log } from "~/server/infra/log";
import type { Sends } from "~/server/messages/commit";
import type { RoomFeeds } from "~/server/messages/feed";
import type { Notifier } from "~/server/notifications/notifier";
import type { Push } from "~/server/notifications/push";
import type { AccountWatch } from "~/server/realtime/account-watch";
import type { Backplane } from "~/server/realtime/backplane";
import type { Looking } from "~/server/realtime/looking";
import type { PresenceHub } from "~/server/realtime/presence";
import type { ProfileHub } from "~/server/realtime/profiles";
import type { RoomWatch } from "~/server/realtime/room-watch";
import type { InboxHub } from "~/server/rooms/inbox";

/** What one node (one process) is made of. Services take it as their first argument; `createRuntime` makes it. */
export interface Runtime {
  log: Log;
  db: Db;
  backplane: Backplane;
  /** Budgets of this node alone, for what happens too often to ask the backplane each time. */
  ownLimits: Backplane["limits"];
  sessions: Sessions;
  tokens: Tokens;
  storage: Storage;
  sends: Sends;
  feeds: RoomFeeds;
  inboxes: InboxHub;
  presence: PresenceHub;
  looking: Looking;
  profiles: ProfileHub;
  eraser: Eraser;
  accounts: AccountWatch;
  rooms: RoomWatch;
  push: Push;
  notifier: Notifier;
}
