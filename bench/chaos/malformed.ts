import type { Random } from "./random";

const oddValues: unknown[] = [
  null,
  true,
  -1,
  1e308,
  "",
  "0",
  "\u0000\ud800",
  "../../etc/passwd",
  "x".repeat(5_000),
  [],
  [[[[[[]]]]]],
  {},
  { __proto__: null },
  { json: null, meta: { values: [["Date"], ["undefined"], "map"] } },
  { json: "x", meta: { values: { "": ["Date"], "a.b.constructor": ["set"] } } },
];

const procedures = [
  "messages.send",
  "messages.onMessage",
  "messages.list",
  "messages.edit",
  "messages.search",
  "rooms.list",
  "rooms.onInbox",
  "rooms.markRead",
  "contacts.search",
  "contacts.add",
  "groups.create",
  "auth.signIn",
  "auth.me",
  "constructor",
  "__proto__.toString",
  "",
];

/** Input as wrong as a program can make it, the same again for the same seed. */
export class Malformed {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  one<T>(items: readonly T[]): T {
    return items[this.#random.between(0, items.length - 1)] as T;
  }

  chance(part: number): boolean {
    return this.#random.next() < part;
  }

  bytes(length: number): Buffer {
    return Buffer.from(
      Array.from({ length: this.#random.between(0, length) }, () => this.#random.between(0, 255)),
    );
  }

  procedure(): string {
    return this.one(procedures);
  }

  /** Some of it as it should be, some of it not. */
  input(roomId: string): unknown {
    const input: Record<string, unknown> = {
      roomId,
      clientId: crypto.randomUUID(),
      body: "hello",
      seq: 1,
      limit: 10,
    };
    for (const key of Object.keys(input)) if (this.chance(0.3)) input[key] = this.one(oddValues);
    return this.chance(0.3)
      ? this.one(oddValues)
      : { json: input, ...(this.chance(0.2) && { meta: this.one(oddValues) }) };
  }

  call(roomId: string): unknown {
    const call: Record<string, unknown> = {
      id: this.#random.between(1, 50),
      jsonrpc: "2.0",
      method: this.one(["query", "mutation", "subscription", "subscription.stop", "reconnect", "toString"]),
      params: {
        path: this.procedure(),
        input: this.input(roomId),
        lastEventId: this.one(["0", "x", -1, undefined]),
      },
    };
    for (const key of Object.keys(call)) if (this.chance(0.1)) call[key] = this.one(oddValues);
    return call;
  }

  /** The text of one frame or body. */
  text(roomId: string): string {
    const calls = Array.from({ length: this.#random.between(1, 4) }, () => this.call(roomId));
    const text = JSON.stringify(this.chance(0.7) ? calls[0] : calls);
    if (this.chance(0.2)) return text.slice(0, this.#random.between(0, text.length));
    if (this.chance(0.1)) return this.bytes(200).toString("latin1");
    return text;
  }

  /** A request for an upgrade, byte for byte. */
  handshake(cookie: string): string {
    const target = this.one([
      "/api/ws",
      "/api/ws?connectionParams=1",
      "/ws/x",
      "/ws/%",
      "/nowhere",
      "//[",
      "*",
      "http://[/",
      "/api/ws\t",
      "",
    ]);
    const lines = [
      `${this.one(["GET", "GET", "GET", "POST", "\u0007"])} ${target} HTTP/${this.one(["1.1", "1.1", "1.0", "9.9"])}`,
      `Host: ${this.one(["localhost", "localhost", "a b", "[", "x".repeat(300), ""])}`,
      `Connection: ${this.one(["Upgrade", "upgrade, keep-alive", "close"])}`,
      `Upgrade: ${this.one(["websocket", "h2c", ""])}`,
      `Sec-WebSocket-Version: ${this.one(["13", "13", "0", "99", "x"])}`,
      `Sec-WebSocket-Key: ${this.one(["dGhlIHNhbXBsZSBub25jZQ==", "short", ""])}`,
    ].filter(() => this.chance(0.9));
    const extra = [
      `Cookie: ${this.one([cookie, "charla=%", "charla=x; charla=y", "=;;=", "x".repeat(9_000)])}`,
      `Origin: ${this.one(["null", "https://evil.test", "http://localhost", "["])}`,
      `Sec-WebSocket-Extensions: ${this.one(["permessage-deflate; client_max_window_bits=99", ";;;", "x"])}`,
      `Sec-WebSocket-Protocol: ${this.one(["a,,b", "\u0001"])}`,
      `Authorization: ${this.one(["Bearer", "Bearer %", "Basic eA=="])}`,
      `X-Forwarded-For: ${this.one([",,,", "::1", "x".repeat(500)])}`,
      `Content-Length: ${this.one(["-1", "5", "x"])}`,
    ].filter(() => this.chance(0.25));
    return `${[...lines, ...extra].join("\r\n")}\r\n\r\n${this.chance(0.3) ? this.bytes(60).toString("latin1") : ""}`;
  }
}
