/**
 * The bytes of streams' events. What a thousand readers are told of an event differs in nothing but the id under which
 * each of them asked for the stream, and most clients use the same few ids: an event is serialised once, and the frames
 * of what is pushed are made once for each id.
 */
import { isTrackedEnvelope } from "@trpc/server";
import { memoized } from "./realtime/memoized";
import { textFrame } from "./realtime/text-frame";
import { serialize } from "./trpc/transformer";

/** How a client named its call, as it wants to see it again in each answer. */
export interface Named {
  id: string | number;
  jsonrpc: "2.0" | undefined;
}

/** The text of `result`, as tRPC's adapter writes it. */
const toResult = (event: unknown): string => {
  if (!isTrackedEnvelope(event)) return `{"type":"data","data":${JSON.stringify(serialize(event))}}`;
  const [id, data] = event;
  return `{"type":"data","id":${JSON.stringify(id)},"data":${JSON.stringify(serialize({ id, data }))}}`;
};

const sharedResult = memoized(toResult as (event: object) => string);
const resultOf = (event: unknown): string =>
  typeof event === "object" && event !== null ? sharedResult(event) : toResult(event);

const framesByHead = memoized((_events: readonly unknown[]) => new Map<string, Buffer>());

/** How every answer to that call begins. */
export const headOf = ({ id, jsonrpc }: Named): string =>
  jsonrpc ? `{"id":${JSON.stringify(id)},"jsonrpc":"2.0"` : `{"id":${JSON.stringify(id)}`;

/** These events as frames for whoever asked for them in a call with that head: bytes to write as they are. */
export const framesOf = (events: readonly unknown[], head: string): Buffer => {
  const known = framesByHead(events);
  let frames = known.get(head);
  if (!frames) {
    frames = Buffer.concat(events.map((event) => textFrame(`${head},"result":${resultOf(event)}}`)));
    known.set(head, frames);
  }
  return frames;
};

/** What a call is answered once. */
export type Answer =
  | { result: { type: "started" | "stopped" } }
  | { result: { type: "data"; data: unknown } }
  | { error: unknown };

const textOf = (answer: Answer): string => {
  if ("error" in answer) return `"error":${JSON.stringify(serialize(answer.error))}`;
  const { result } = answer;
  if (result.type !== "data") return `"result":{"type":"${result.type}"}`;
  return `"result":{"type":"data","data":${JSON.stringify(serialize(result.data))}}`;
};

/** The answer to a call; without a name, to a frame that no call could be read from. */
export const answerFrame = (named: Named | null, answer: Answer): Buffer =>
  textFrame(`${named ? headOf(named) : '{"id":null'},${textOf(answer)}}`);
