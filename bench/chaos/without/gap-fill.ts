// Loaded before a node's own code: plain publish and subscribe. What is announced is shown, what was lost is lost.
import { once } from "node:events";
import { RoomFeed } from "~/server/messages/feed";
import type { Change } from "~/server/realtime/events";
import type { Sink } from "~/server/realtime/live";

const sinksOf = new WeakMap<RoomFeed, Set<Sink<Change>>>();

RoomFeed.prototype.onEvent = function (event) {
  if (event?.type !== "changes") return;
  for (const sink of sinksOf.get(this) ?? []) sink.take(event.changes);
};

RoomFeed.prototype.follow = async function (_cursor, sink, signal) {
  const sinks = sinksOf.get(this) ?? new Set();
  sinksOf.set(this, sinks.add(sink));
  if (!signal.aborted) await once(signal, "abort");
  sinks.delete(sink);
};
