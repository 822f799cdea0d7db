import { until } from "../chaos/until";
import { emptyTally, Reader, subscriptionId } from "./reader";

export interface IdleJob {
  task: "idle";
  url: string;
  /** Those of whom each opens a socket more, which listens to one room; of the bare server it only is there. */
  people: { cookie: string; roomId: string }[];
  isBare: boolean;
}

const sockets: Reader[] = [];
const atOnce = 25;

/** Opens sockets, which stay open until {@link closeIdle}. */
export const runIdle = async ({ url, people, isBare }: IdleJob): Promise<{ open: number }> => {
  const tally = emptyTally();
  for (let start = 0; start < people.length; start += atOnce) {
    let listening = 0;
    const some = people.slice(start, start + atOnce).map(({ cookie, roomId }) => {
      const onAnswer = () => {
        listening += 1;
      };
      return { roomId, reader: new Reader(url, { cookie, after: 0, tally: () => tally, onAnswer }) };
    });
    await Promise.all(some.map(({ reader }) => reader.opened));
    for (const { roomId, reader } of some) {
      const params = { path: "messages.onMessage", input: { json: { roomId } } };
      if (!isBare) reader.ws.send(JSON.stringify({ id: subscriptionId, method: "subscription", params }));
      sockets.push(reader);
    }
    if (!isBare) await until("they listen", () => listening >= some.length, 60_000);
  }
  return { open: sockets.length };
};

export const closeIdle = async (): Promise<{ open: number }> => {
  for (const { ws } of sockets.splice(0)) ws.terminate();
  return { open: 0 };
};
