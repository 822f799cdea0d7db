import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import sharp from "sharp";
import { beforeAll, expect, it, vi } from "vitest";
import type { AppError } from "~/shared/errors";
import { testFolder } from "~/test/folder";
import { photo } from "~/test/pictures";
import { type ImageJob, type ImageLimits, ImageWorkers } from "./image-workers";

const limits: ImageLimits = {
  pixels: 64_000_000,
  frames: 500,
  seconds: 20,
  totalSeconds: 40,
  memoryBytes: 1024 ** 3,
  workers: 1,
  waiting: 8,
  idleSeconds: 60,
};
const open = (change: Partial<ImageLimits> = {}) => new ImageWorkers({ ...limits, ...change });

const place = (name: string): string => path.join(testFolder(), name);
const jobOf = (source: string, target = source): ImageJob => ({
  name: "remake",
  type: "image/jpeg",
  source: place(source),
  target: place(`${target}.target`),
  thumbnail: place(`${target}.thumbnail`),
});
const small = jobOf("small");
/** A megabyte that takes some hundred to turn: as long as the largest that is let in. */
const large = jobOf("large");

beforeAll(async () => {
  await writeFile(place("small"), await photo("jpeg"));
  const flat = { width: 8_000, height: 8_000, channels: 3, background: "red" } as const;
  await sharp({ create: flat }).withMetadata({ orientation: 6 }).jpeg().toFile(place("large"));
});

const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: AppError) => error.reason ?? error.message,
  );

/** The process that works on what was asked last, once it does. */
const busyPid = (workers: ImageWorkers): Promise<number> =>
  vi.waitFor(() => {
    const pid = workers.pids.at(-1) ?? expect.fail("no worker");
    expect(isAlive(pid)).toBe(true);
    return pid;
  });

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it("holds a picture to its memory, and goes on", async () => {
  const memoryBytes = 200 * 1024 ** 2;
  const workers = open({ memoryBytes });
  expect(await outcome(workers.run(small))).toBe("done");
  const [pid = 0] = workers.pids;
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, residentBytes(pid))), 5);
  expect(await outcome(workers.run(large))).toBe("IMAGE_TOO_LARGE");
  clearInterval(watch);
  expect(most).toBeLessThan(memoryBytes * 2);
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false));
  expect(await outcome(workers.run(small))).toBe("done");
});

const residentBytes = (pid: number): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4096;
  } catch {
    return 0; // gone, or no Linux
  }
};

it("lets the largest picture pass", async () => {
  expect(await outcome(open().run(large))).toBe("done");
});

it.each([
  ["SIGSEGV", "IMAGE_UNREADABLE"],
  ["SIGABRT", "IMAGE_UNREADABLE"],
  ["SIGKILL", "UNAVAILABLE"],
] as const)("outlives a worker that ends by %s: %s", async (signal, reason) => {
  const workers = open();
  const working = outcome(workers.run(large));
  const waiting = outcome(workers.run(small));
  process.kill(await busyPid(workers), signal);
  expect([await working, await waiting]).toEqual([reason, "done"]);
});

it("ends a worker that hangs", async () => {
  const workers = open({ totalSeconds: 4 });
  expect(await outcome(workers.run(small))).toBe("done");
  const pid = await busyPid(workers);
  process.kill(pid, "SIGSTOP");
  expect(await outcome(workers.run(small))).toBe("IMAGE_TOO_LARGE");
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false));
});

it("refuses what would wait too long, and starts no more workers than it may", async () => {
  const workers = open({ workers: 2, waiting: 3 });
  const jobs = Array.from({ length: 7 }, (_, index) => jobOf("small", `small-${index}`));
  const outcomes = await Promise.all(jobs.map((job) => outcome(workers.run(job))));
  expect(outcomes).toEqual([...Array(5).fill("done"), "UNAVAILABLE", "UNAVAILABLE"]);
  expect(workers.pids).toHaveLength(2);
});

it("says what the decoder said, and uses the worker again", async () => {
  const workers = open();
  expect(await outcome(workers.run(jobOf("nothing")))).toMatch(/missing/);
  const before = workers.pids;
  expect(await outcome(workers.run(small))).toBe("done");
  expect(workers.pids).toEqual(before);
});

it("ends a worker that has nothing to do", async () => {
  const workers = open({ idleSeconds: 0.1 });
  await workers.run(small);
  const [pid = 0] = workers.pids;
  await vi.waitFor(() => expect([workers.pids, isAlive(pid)]).toEqual([[], false]));
  expect(await outcome(workers.run(small))).toBe("done");
});

it("tells a worker nothing of ours", async () => {
  const workers = open();
  await workers.run(small);
  const environment = readFileSync(`/proc/${workers.pids[0]}/environ`, "utf8");
  const names = environment.split("\0").map((variable) => variable.split("=")[0]);
  expect(names.filter((name) => name && !/^(NODE|MALLOC)_/.test(name))).toEqual([]);
});

it("leaves no worker behind when its process is killed", async () => {
  const script = `
    const { ImageWorkers } = await import(${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, "image-workers.ts")).href)});
    const workers = new ImageWorkers(${JSON.stringify(limits)});
    await workers.run(${JSON.stringify(small)});
    console.log(workers.pids[0]);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script]);
  const [line] = await once(parent.stdout, "data");
  const pid = Number(String(line));
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5_000);
});
