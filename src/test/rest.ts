import { randomInt } from "node:crypto";
import type { TokenGrant } from "~/shared/auth";
import type { Member } from "./cast";

export interface RestRequest {
  method?: string;
  token?: string;
  /** Sent as JSON; text, bytes and forms are sent as they are. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface RestAnswer {
  status: number;
  headers: Headers;
  /** What the JSON says, or the text where it is none; undefined where there is no body. */
  body: unknown;
}

/** One request from an address of its own, of a client that knows nothing of us but HTTP. */
export const askRest = async (
  origin: string,
  path: string,
  { method = "GET", token, body, headers }: RestRequest = {},
): Promise<RestAnswer> => {
  const response = await fetch(`${origin}/api${path}`, {
    method,
    headers: {
      "X-Forwarded-For": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && !(body instanceof FormData) && { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /[/+]json$/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : isJson ? JSON.parse(text) : text,
  };
};

const isRaw = (body: unknown): body is string | FormData | Uint8Array<ArrayBuffer> =>
  typeof body === "string" || body instanceof FormData || body instanceof Uint8Array;

/** Signs somebody in as a program. */
export const logIn = async (origin: string, { user, password }: Member): Promise<TokenGrant> => {
  const body = { username: user.username, password };
  return (await askRest(origin, "/auth/login", { method: "POST", body })).body as TokenGrant;
};
