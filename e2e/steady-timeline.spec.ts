import { randomUUID } from "node:crypto";
import { places } from "./devices";
import { type Glide, glide } from "./drift";
import { fillRoom } from "./long-room";
import { messagesOf, type Person, timelineOf, visit } from "./person";
import { expect, test } from "./test";

const count = 10_000;

/** Pixels a frame, and for how many frames: a step at a time, a fling, a slow finger, a rest, and back. */
const ways = [
  [-300, 4],
  [-40, 90],
  [-150, 50],
  [-7, 40],
  [-333, 30],
  [0, 20],
  [25, 40],
  [120, 60],
  [-60, 30],
  [300, 30],
] as const;

/** Has somebody write on and on. Resolves, once told to stop, to how much they wrote. */
const keepWriting = ({ api }: Person, roomId: string, isOver: () => boolean): Promise<number> => {
  const writeOne = async (written: number): Promise<number> => {
    if (isOver()) return written;
    await api.messages.send.mutate({ roomId, clientId: randomUUID(), body: `En vivo ${written}` });
    return writeOne(written + 1);
  };
  return writeOne(0);
};

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("a room of ten thousand stands still while pages, pictures and messages come in", async ({
      pair: { ana, bruno, roomId },
    }) => {
      test.setTimeout(120_000);
      await fillRoom([ana, bruno], roomId, count);
      // Pictures come when one has been looking for a while, now sooner, now later.
      let asked = 0;
      await ana.page.route(/\/api\/attachments\//, async (route) => {
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 100 + ((asked * 137) % 600)));
        await route.continue().catch(() => undefined);
      });
      await visit(ana.page, `/r/${roomId}`);
      await expect(messagesOf(ana).last()).toBeInViewport();

      let over = false;
      const writing = keepWriting(bruno, roomId, () => over);
      const glides: Glide[] = [];
      for (const [step, frames] of ways) glides.push(await glide(timelineOf(ana), step, frames));
      over = true;
      const written = await writing;

      const most = (what: "drift" | "rows" | "nodes") => Math.max(...glides.map((seen) => seen[what]));
      const frames = glides.reduce((sum, seen) => sum + seen.frames, 0);
      // biome-ignore lint/suspicious/noConsole: the figures are what one wants to see of it
      console.log(
        `${title}: ${frames} frames, ${written} messages and ${asked} pictures came in, drift ${most("drift")} px, ${most("rows")} rows, ${most("nodes")} nodes`,
      );
      expect(glides.flatMap(({ worst }) => worst)).toEqual([]);
      expect(glides.flatMap(({ shifts }) => shifts)).toEqual([]);
      expect(written).toBeGreaterThan(0);
      expect(most("rows")).toBeLessThan(60);
      expect(most("nodes")).toBeLessThan(1_500);
    });
  });
}
