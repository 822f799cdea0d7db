import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { DoorPolicy } from "./incoming";
import type { Runtime } from "./runtime";

/** A proxy asks every half second whether a node wants requests, and may be busy itself. */
const noticeMs = 2_000;

/** What a node says of itself to who sends requests here. */
export interface Readiness {
  /** `/healthz`: 200 while this process lives and wants requests. */
  answerHealth: (response: ServerResponse) => void;
  /** `/readyz`: 200 while it can also do its work: the database answers. Redis may be away: the chat is only slower. */
  answerReadiness: (response: ServerResponse) => Promise<void>;
  /** From now on says that it stops, and resolves once the proxies before it have had time to hear of it. */
  leave: () => Promise<void>;
}

export const createReadiness = ({ db }: Runtime, { trustedProxies }: DoorPolicy): Readiness => {
  let isStopping = false;
  return {
    answerHealth: (response) => answer(response, isStopping ? 503 : 200, isStopping ? "stopping" : "ok"),
    answerReadiness: async (response) => {
      if (isStopping) return answer(response, 503, "stopping");
      const isReady = await db.$queryRaw`SELECT 1`.then(
        () => true,
        () => false,
      );
      answer(response, isReady ? 200 : 503, isReady ? "ready" : "the database does not answer");
    },
    leave: async () => {
      isStopping = true;
      if (trustedProxies > 0) await sleep(noticeMs);
    },
  };
};

/** Answers in plain text. */
export const answer = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { "Content-Type": "text/plain", "Cache-Control": "no-store" }).end(`${text}\n`);
};
