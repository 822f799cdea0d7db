import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "./random";

/** What the proxy does to what passes. Set a field and it holds at once, for the open connections too. */
export interface Weather {
  /** Each chunk waits this long, in either direction, in milliseconds. */
  delayMs: number;
  /** This part of the answers is lost, and the connection with it: the work is done, nobody hears of it. */
  dropAnswers: number;
  /** Nothing passes, nothing is closed: a cable that was pulled. */
  isSilent: boolean;
}

/** A change of the answers on their way; one for each connection, as it may keep what is incomplete. */
export type Filter = () => (chunk: Buffer) => Buffer;

const calm: Weather = { delayMs: 0, dropAnswers: 0, isSilent: false };

/** A TCP proxy on loopback. Each connection goes to the next of `upstreams` that accepts it. */
export class TcpProxy {
  /** Ports on loopback. */
  upstreams: number[];
  readonly weather: Weather = { ...calm };
  readonly #random: Random;
  readonly #filter: Filter | undefined;
  readonly #pairs = new Set<{ client: Socket; upstream: Socket }>();
  readonly #server: Server;
  #turn = 0;

  private constructor(upstreams: number[], random: Random, filter: Filter | undefined) {
    this.upstreams = upstreams;
    this.#random = random;
    this.#filter = filter;
    this.#server = createServer({ noDelay: true }, (client) => void this.#join(client));
  }

  static async listen(
    port: number,
    { upstreams, random, filter }: { upstreams: number[]; random: Random; filter?: Filter },
  ): Promise<TcpProxy> {
    const proxy = new TcpProxy(upstreams, random, filter);
    proxy.#server.listen(port, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address ? address.port : 0;
  }

  calm(): void {
    Object.assign(this.weather, calm);
  }

  /** Cuts every connection: in mid-frame, where a frame is on its way. */
  cut(): void {
    for (const { client, upstream } of this.#pairs) {
      client.destroy();
      upstream.destroy();
    }
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  async #join(client: Socket): Promise<void> {
    client.on("error", () => client.destroy());
    const upstream = await this.#connect();
    if (!upstream || client.destroyed) {
      client.destroy();
      upstream?.destroy();
      return;
    }
    const pair = { client, upstream };
    this.#pairs.add(pair);
    const filter = this.#filter?.();
    const ends = [this.#pump(client, upstream, false), this.#pump(upstream, client, true, filter)];
    await Promise.allSettled(ends);
    this.#pairs.delete(pair);
  }

  async #connect(): Promise<Socket | null> {
    this.#turn += 1;
    const turn = this.#turn; // others move it on while we wait
    for (let tries = 0; tries < this.upstreams.length; tries += 1) {
      const port = this.upstreams[(turn + tries) % this.upstreams.length] ?? 0;
      const upstream = connect({ port, host: "127.0.0.1", noDelay: true });
      try {
        await once(upstream, "connect");
        upstream.on("error", () => upstream.destroy());
        return upstream;
      } catch {
        upstream.destroy();
      }
    }
    return null;
  }

  async #pump(
    from: Socket,
    to: Socket,
    isAnswer: boolean,
    filter?: (chunk: Buffer) => Buffer,
  ): Promise<void> {
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        if (this.weather.delayMs > 0) await sleep(this.weather.delayMs);
        while (this.weather.isSilent && !from.destroyed) await sleep(20);
        if (isAnswer && this.#random.next() < this.weather.dropAnswers) break;
        if (to.destroyed) break;
        if (!to.write(filter ? filter(chunk) : chunk))
          await Promise.race([once(to, "drain"), once(to, "close")]);
      }
    } catch {
      // A connection that broke: so does the other half.
    }
    while (this.weather.isSilent && !to.destroyed) await sleep(20);
    if (from.readableEnded) to.end();
    else to.destroy();
  }
}
