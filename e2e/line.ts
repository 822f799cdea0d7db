import type { Page } from "@playwright/test";
import { TcpProxy } from "../bench/chaos/proxy";
import { Random } from "../bench/chaos/random";
import { test as base, expect } from "./test";

/** A way of one's own to the server, which can be cut: unlike a browser set offline, with every connection that is open. */
export interface Line {
  /** Where the chat is found by this way: an origin of its own. */
  url: string;
  cut: () => void;
  /** Some 64 kB wait for so many milliseconds, in either direction. */
  slow: (delayMs: number) => void;
  /** Nothing comes through any more, and nobody is told: a train in a tunnel. */
  hang: () => void;
  mend: () => void;
  /** Has other texts of the same length come in place of these, wherever the server says them: by text. */
  replace: (texts: Record<string, string>) => void;
}

export const test = base.extend<{ line: Line }>({
  line: async ({ baseURL }, use) => {
    const upstreams = [Number(new URL(baseURL ?? "").port)];
    let replaced: Record<string, string> = {};
    const proxy = await TcpProxy.listen(0, {
      upstreams,
      random: new Random(1),
      filter: () => (chunk) => {
        for (const [text, by] of Object.entries(replaced)) {
          const at = chunk.indexOf(text);
          if (at >= 0) chunk.write(by, at);
        }
        return chunk;
      },
    });
    await use({
      url: `http://localhost:${proxy.port}`,
      cut: () => {
        proxy.upstreams = [];
        proxy.cut();
      },
      slow: (delayMs) => {
        proxy.weather.delayMs = delayMs;
      },
      hang: () => {
        proxy.weather.isSilent = true;
      },
      mend: () => {
        proxy.calm();
        proxy.upstreams = upstreams;
      },
      replace: (texts) => {
        replaced = texts;
      },
    });
    proxy.close();
  },
});

/** What the browser keeps of an account and of its rooms, as text. */
export const keptIn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const opened = indexedDB.open("charla:account");
    await new Promise((resolve) => opened.addEventListener("success", resolve));
    const read = opened.result.transaction(["account", "rooms"]);
    const stores = ["account", "rooms"].map((name) => read.objectStore(name).getAll());
    await new Promise((resolve) => read.addEventListener("complete", resolve));
    opened.result.close();
    return JSON.stringify(stores.map(({ result }) => result));
  });

/** Waits until the browser could open the chat without a connection, and show this message in it and in the list. */
export const untilKept = async (page: Page, text: string): Promise<void> => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const kept = async () =>
    (JSON.parse(await keptIn(page)) as unknown[]).map((store) => JSON.stringify(store));
  await expect.poll(kept).toEqual([expect.stringContaining(text), expect.stringContaining(text)]);
};

export { expect };
