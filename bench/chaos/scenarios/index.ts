import type { Scenario } from "../scenario";
import { farBehind } from "./far-behind";
import { halfOpen } from "./half-open";
import { lostEvents } from "./lost-events";
import { malformedInput } from "./malformed-input";
import { noPostgres } from "./no-postgres";
import { noRedis } from "./no-redis";
import { oneRoom } from "./one-room";
import { randomActions } from "./random-actions";
import { retries } from "./retries";
import { rollingRestart } from "./rolling-restart";
import { stalledReaders } from "./stalled-readers";
import { subscriptions } from "./subscriptions";
import { thousandClients } from "./thousand-clients";
import { uploads } from "./uploads";
import { uploadsInBucket } from "./uploads-in-bucket";

/** In the order of reliability's table; the ids are its. */
export const scenarios: Scenario[] = [
  retries,
  oneRoom,
  farBehind,
  lostEvents,
  thousandClients,
  noRedis,
  noPostgres,
  stalledReaders,
  halfOpen,
  subscriptions,
  rollingRestart,
  uploads,
  uploadsInBucket,
  randomActions,
  malformedInput,
];
