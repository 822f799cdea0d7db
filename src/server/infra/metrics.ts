/**
 * What this process counts, from its start on. Whatever happens is counted where it happens; what is a state, as the
 * length of a queue, is read when somebody asks (`metrics-server.ts`). Names follow Prometheus: base units, `_total`.
 */
import { Counter, Histogram, Registry } from "prom-client";

export const registry = new Registry();

const prefix = "charla_";

const counter = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
  new Counter<Label>({ name: prefix + name, help, labelNames, registers: [registry] });

const histogram = <Label extends string = never>(
  name: string,
  help: string,
  buckets: number[],
  labelNames: Label[] = [],
) => new Histogram<Label>({ name: prefix + name, help, buckets, labelNames, registers: [registry] });

/** From a millisecond to what nobody waits for. */
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export const httpRequestSeconds = histogram(
  "http_request_seconds",
  "HTTP requests by kind of path and status, and how long they took.",
  seconds,
  ["route", "status"],
);

export const callSeconds = histogram(
  "call_seconds",
  "Calls of procedures, through every door, and how long they took; of a stream, until it began.",
  seconds,
  ["procedure"],
);
export const callsRefused = counter(
  "calls_refused_total",
  "Calls of procedures that were refused or failed, by reason: a wrong password is BAD_CREDENTIALS.",
  ["procedure", "reason"],
);
export const limitsHit = counter("limits_hit_total", "Times that a budget was used up, by its name.", [
  "limit",
]);

export const sends = counter("sends_total", "Sends that were acknowledged: stored now, or known already.", [
  "result",
]);
export const commitSize = histogram(
  "commit_size",
  "Sends that one transaction took.",
  [1, 2, 5, 10, 25, 50, 100, 250, 500],
);
export const commitSeconds = histogram("commit_seconds", "How long such a transaction took.", seconds);
/** Handed on too often for a counter's own bookkeeping: added up here, and read when somebody asks. */
export const tally = { deliveries: 0 };
new Counter({
  name: `${prefix}deliveries_total`,
  help: "Changes of rooms handed to those who listen here.",
  registers: [registry],
  collect() {
    this.reset();
    this.inc(tally.deliveries);
  },
});
export const deliverySeconds = histogram(
  "delivery_seconds",
  "From the commit of a change until everybody here who keeps up was handed it, by announcement.",
  seconds,
);
export const announcementsLost = counter(
  "announcements_lost_total",
  "Changes that could not be announced to other nodes: their reconcilers find them.",
);
export const gapsFilled = counter(
  "feed_gaps_filled_total",
  "Times that a room's feed missed an announcement and read what it was about from the database.",
);
export const reconcilerFindings = counter(
  "reconciler_findings_total",
  "Changes that nobody had announced here, found by comparison with the database.",
);

export const poolWaitSeconds = histogram(
  "db_pool_wait_seconds",
  "How long queries waited for a connection to the database.",
  seconds,
);

export const pushes = counter(
  "pushes_total",
  "Browsers that were called, by what their push service answered.",
  ["outcome"],
);

export const uploads = counter("uploads_total", "Files that were uploaded whole and stored.");
export const uploadBytes = counter("upload_bytes_total", "Bytes of these files, as stored.");
