import { Agent as HttpAgent, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, type RequestOptions, request as requestHttps } from "node:https";
import { isIP } from "node:net";
import type { Log } from "~/server/infra/log";
import { isPublicAddress, publicLookup } from "~/server/infra/public-address";
import type { PushAddress, PushOutcome, PushPayload } from "~/shared/notifications";
import { encrypt, isKey } from "./encrypt";
import type { Vapid } from "./vapid";

/** What a call for attention is worth a day later. Seconds. */
const goodForSeconds = 24 * 60 * 60;
/** A push service that has not answered by then is out of reach. Milliseconds. */
const answerMs = 10_000;
/** Connections to one push service: most of our calls go to two or three of them. */
const connections = { keepAlive: true, maxSockets: 20 };

/** Calls browsers by their push services (Web Push, RFC 8030). */
export interface Push {
  /** What a browser is told when it subscribes. */
  key: string;
  /** What is wrong with an address, as fields of an `INVALID_INPUT`; null where nothing is. */
  check: (address: PushAddress) => Record<string, string[]> | null;
  /** Never rejects. */
  send: (address: PushAddress, payload: PushPayload) => Promise<PushOutcome>;
  close: () => void;
}

/**
 * The threat: an address is what somebody claims to be their browser's push service, and we send requests there. So it has to be
 * HTTPS, at a host of the public Internet, and nothing of the answer but its status is looked at, nor told.
 *
 * @param hosts push services (`host:port`) that this does not hold for: one's own
 */
export const createPush = ({ vapid, hosts, log }: { vapid: Vapid; hosts: string[]; log: Log }): Push => {
  const https = new HttpsAgent(connections);
  const http = new HttpAgent(connections);

  const isAllowed = ({ protocol, host, hostname, username, password }: URL): boolean => {
    if (hosts.includes(host)) return true;
    if (protocol !== "https:" || username !== "" || password !== "") return false;
    const ip = hostname.replace(/^\[|\]$/g, "");
    return isIP(ip) === 0 || isPublicAddress(ip);
  };

  const post = (url: URL, headers: RequestOptions["headers"], body: Buffer): Promise<number> => {
    const isOwn = hosts.includes(url.host);
    const signal = AbortSignal.timeout(answerMs);
    const options: RequestOptions = {
      method: "POST",
      headers,
      signal,
      ...(!isOwn && { lookup: publicLookup }),
    };
    const attempt = (resolve: (status: number) => void, reject: (error: Error) => void): void => {
      const request =
        url.protocol === "http:"
          ? requestHttp(url, { ...options, agent: http })
          : requestHttps(url, { ...options, agent: https });
      request.once("error", (error) => {
        // A connection that was kept may have been closed from the other end just now.
        if (request.reusedSocket && !signal.aborted) attempt(resolve, reject);
        else reject(error);
      });
      request.once("response", (response) => {
        // What it says is thrown away, however much that is.
        response.once("error", () => {}).resume();
        resolve(response.statusCode ?? 0);
      });
      request.end(body);
    };
    return new Promise(attempt);
  };

  return {
    key: vapid.key,

    check: ({ endpoint, p256dh }) => {
      if (!isAllowed(new URL(endpoint))) return { endpoint: ["pushEndpoint"] };
      return isKey(p256dh) ? null : { p256dh: ["pushKey"] };
    },

    send: async ({ endpoint, ...keys }, payload) => {
      const url = new URL(endpoint);
      if (!isAllowed(url)) return "refused";
      try {
        const status = await post(
          url,
          {
            Authorization: await vapid.authorize(url),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            TTL: goodForSeconds,
            // A phone that sleeps is woken for it.
            Urgency: "high",
            // Of a room's calls that could not be delivered yet, the last one is left.
            ...(payload.type === "message" && { Topic: payload.roomId.replaceAll("-", "") }),
          },
          encrypt(JSON.stringify(payload), keys),
        );
        if (status >= 200 && status < 300) return "accepted";
        if (status === 404 || status === 410) return "gone";
        log.warn({ status, host: url.host }, "a push service refused a call");
        return "refused";
      } catch (error) {
        log.debug({ err: error, host: url.host }, "a push service is out of reach");
        return "unreachable";
      }
    },

    close: () => {
      https.destroy();
      http.destroy();
    },
  };
};
