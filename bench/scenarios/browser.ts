import { heapOf, load, newProfile, openBrowser, showAllRooms, switchTo } from "../browser/chat-page";
import type { Row, Scenario } from "../scenario";
import { type Inbox, seedInbox } from "../seed-inbox";
import { percentiles } from "../statistics";

const [rooms, messages] = [1_000, 60];
const switches = 50;

/** As many rooms, from all over the list. */
const spread = (inbox: Inbox, count: number): Inbox["rooms"] =>
  Array.from({ length: count }, (_, n) => inbox.rooms[1 + n * Math.floor(rooms / (count + 1))]).filter(
    (room) => room !== undefined,
  );

export const browser: Scenario = {
  id: "browser",
  what: `the page in Chromium, with ${rooms.toLocaleString("en")} rooms of ${messages} messages: loads and switches of rooms`,
  run: async ({ installation, isQuick, log }) => {
    await using chromium = await openBrowser();
    if (!chromium) {
      log("left out: there is no Chromium here; CHROMIUM=/path names one");
      return { rows: [] };
    }
    const inbox = await seedInbox(installation, { rooms, messages });
    const { http } = await installation.startChat({ pages: true });
    const [first] = inbox.rooms;
    if (!first) throw new Error("there is no room");

    const loads = isQuick ? 3 : 10;
    const [cold, warm]: [number[], number[]] = [[], []];
    for (let time = 0; time <= loads; time += 1) {
      await using profile = await newProfile(chromium, http, inbox);
      const { page, ms } = await load(profile, http, first);
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      const again = await load(profile, http, first);
      if (time === 0) continue; // the server has only begun
      cold.push(ms);
      warm.push(again.ms);
    }

    await using profile = await newProfile(chromium, http, inbox);
    const { page } = await load(profile, http, first);
    await showAllRooms(page, rooms);
    const chosen = spread(inbox, switches);
    const walk = async (): Promise<number[]> => {
      const times: number[] = [];
      for (const room of chosen) times.push(await switchTo(page, room));
      return times;
    };
    const unseen = await walk();
    const heaps = [await heapOf(page)];
    const seen: number[] = [];
    for (let round = 0; round < 2; round += 1) {
      seen.push(...(await walk()));
      heaps.push(await heapOf(page));
    }
    log(
      `heap after ${switches} switches to other rooms and after 50 more, twice: ${heaps.map((mb) => `${mb.toFixed(1)} MB`).join(", ")}`,
    );

    const row = (name: string, times: number[], goal?: Row["goal"]): Row => {
      const latency = percentiles(times);
      return {
        name,
        value: latency.p95,
        unit: "ms",
        latency,
        detail: `${times.length} times`,
        ...(goal && { goal }),
      };
    };
    const goal = { value: 100, isAtMost: true };
    return {
      rows: [
        row("load with an empty cache until the timeline can be read: p95", cold),
        row("load once more: p95", warm),
        row(`switch to a room not seen before, of ${rooms.toLocaleString("en")}: p95`, unseen, goal),
        row(`switch to a room seen before, of ${rooms.toLocaleString("en")}: p95`, seen, goal),
        {
          name: `heap of the page after ${3 * switches} switches; after ${2 * switches}`,
          value: heaps.at(-1) ?? Number.NaN,
          unit: "MB",
          baseline: heaps[1] ?? Number.NaN,
          goal: { ratio: 1.1, isAtMost: true },
        },
      ],
    };
  },
};
