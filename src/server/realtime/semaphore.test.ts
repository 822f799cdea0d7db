import { expect, it } from "vitest";
import { Semaphore } from "./semaphore";

it("lets so many in at a time, in the order in which they came, and goes on after a failure", async () => {
  const semaphore = new Semaphore(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const work = (name: number) =>
    semaphore.run(
      () =>
        new Promise<number>((resolve, reject) => {
          begun.push(name);
          ends.push(() => (name === 1 ? reject(new Error("no")) : resolve(name)));
        }),
    );
  const all = [1, 2, 3, 4].map(work);
  const outcomes = Promise.allSettled(all);
  expect(begun).toEqual([1, 2]);
  ends[0]?.();
  await expect(all[0]).rejects.toThrow("no");
  expect(begun).toEqual([1, 2, 3]);
  ends[1]?.();
  await all[1];
  expect(begun).toEqual([1, 2, 3, 4]);
  for (const end of ends) end();
  expect((await outcomes).map(({ status }) => status)).toEqual([
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ]);
});
