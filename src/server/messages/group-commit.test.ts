import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { GroupCommit } from "./group-commit";

/** A store that can be held up, and refuses the items that it is told to. */
const openStore = () => {
  const batches: number[][] = [];
  let isDown = false;
  let hold: Promise<void> = Promise.resolve();
  const commits = new GroupCommit<number, string>(
    async (items) => {
      await hold;
      if (isDown) throw new Error("down");
      if (items.includes(13)) throw new Error("poison");
      batches.push(items);
      return items.map((item) => (item < 0 ? { error: new Error("refused") } : { ok: `stored ${item}` }));
    },
    (error) => error instanceof Error && error.message === "down",
  );
  return {
    batches,
    commits,
    goDown: () => {
      isDown = true;
    },
    holdUp: () => {
      let release = () => {};
      hold = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
  };
};

describe("group commit", () => {
  it("puts what arrives during a commit into the next one", async () => {
    const { batches, commits, holdUp } = openStore();
    const release = holdUp();
    const first = commits.submit(1);
    await turn();
    const later = [2, 3, 4].map((item) => commits.submit(item));
    release();
    expect(await Promise.all([first, ...later])).toEqual(["stored 1", "stored 2", "stored 3", "stored 4"]);
    expect(batches).toEqual([[1], [2, 3, 4]]);
    expect(commits.commits).toBe(2);
  });

  it("lets an item that is refused fail alone", async () => {
    const { commits } = openStore();
    const results = await Promise.allSettled([1, -1, 2].map((item) => commits.submit(item)));
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("lets an item that spoils its whole batch fail alone", async () => {
    const { commits } = openStore();
    const results = await Promise.allSettled([1, 13, 2].map((item) => commits.submit(item)));
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("does not try one by one what cannot succeed now", async () => {
    const { batches, commits, goDown } = openStore();
    goDown();
    const results = await Promise.allSettled([1, 2, 3].map((item) => commits.submit(item)));
    expect(results.map((result) => result.status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(batches).toEqual([]);
  });

  it("answers everything that it accepted before it has drained", async () => {
    const { commits } = openStore();
    const answered: string[] = [];
    for (const item of [1, 2, 3]) void commits.submit(item).then((answer) => answered.push(answer));
    await commits.drain();
    await turn();
    expect(answered).toHaveLength(3);
  });
});
