import { existsSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import type { Inbox } from "../seed-inbox";

declare global {
  interface Window {
    /** Of in-page.js. */
    bench: {
      whenShown: (text: string, count: number) => Promise<number>;
      watchClick: (text: string) => void;
      switched?: Promise<number>;
      showAllRooms: (count: number) => Promise<void>;
    };
    /** Milliseconds from the beginning of the navigation. */
    readable: Promise<number>;
  }
}

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
/** What fits on a screen of 800 pixels, and the list is more than a screen long. */
const roomsOnScreen = 12;
const patienceMs = 60_000;

/** The machine's Chromium; null where there is none. */
export const openBrowser = async (): Promise<Browser | null> =>
  existsSync(executablePath)
    ? chromium.launch({
        executablePath,
        args: [
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--no-first-run",
        ],
      })
    : null;

/** A browser of somebody's own, who is signed in there, with nothing in its cache. */
export const newProfile = (browser: Browser, http: string, { cookie }: Inbox): Promise<BrowserContext> => {
  const [name = "", value = ""] = cookie.split("=");
  return browser
    .newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", timezoneId: "UTC" })
    .then(async (context) => {
      await context.addCookies([{ name, value, url: http }]);
      return context;
    });
};

/** Opens a room by its address. Resolves to the page and to how many milliseconds it took until it could be read. */
export const load = async (
  context: BrowserContext,
  http: string,
  room: Inbox["rooms"][number],
): Promise<{ page: Page; ms: number }> => {
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.addInitScript({ path: path.join(import.meta.dirname, "in-page.js") });
  await page.addInitScript(
    ({ text, rooms }) => {
      window.readable = window.bench.whenShown(text, rooms);
    },
    { text: room.lastText, rooms: roomsOnScreen },
  );
  await page.goto(`${http}/r/${room.id}`);
  return { page, ms: await page.evaluate(() => window.readable) };
};

/** Brings all rooms into the list. */
export const showAllRooms = (page: Page, rooms: number): Promise<void> =>
  page.evaluate((count) => window.bench.showAllRooms(count), rooms);

/** Clicks on a room of the list. Resolves to how many milliseconds it took until its messages were drawn. */
export const switchTo = async (page: Page, { id, lastText }: Inbox["rooms"][number]): Promise<number> => {
  const line = page.locator(`[data-list-item][href="/r/${id}"]`);
  // Lines that come into sight may still move.
  do await line.hover();
  while (!(await line.evaluate((element) => element.matches(":hover"))));
  await page.evaluate((text) => window.bench.watchClick(text), lastText);
  // Not `line.click()`, whose checks run in the page between the press and the answer.
  await page.mouse.down();
  await page.mouse.up();
  return page.evaluate(() => window.bench.switched ?? Number.NaN);
};

/** Megabytes of live objects in the page's heap. */
export const heapOf = async (page: Page): Promise<number> => {
  const devTools = await page.context().newCDPSession(page);
  for (let time = 0; time < 3; time += 1) await devTools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devTools.send("Runtime.getHeapUsage");
  await devTools.detach();
  return usedSize / 1024 ** 2;
};
