import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AppError } from "~/shared/errors";
import type { ImageType } from "./kind";

/** What a worker is asked for; files are named by their paths. */
export type ImageJob =
  | { name: "remake"; type: ImageType; source: string; target: string; thumbnail: string }
  | { name: "squares"; source: string; targets: readonly { side: number; target: string }[] };

/** What is known of a picture that was made anew. */
export interface ImageFacts {
  /** As it is shown, upright. */
  width: number;
  height: number;
  /** A few pixels of it, as a `data:` URL. */
  blur: string;
  /** Whether there is a smaller picture: not where it would be the same. */
  hasThumbnail: boolean;
}

/** How far one picture may go. */
export interface ImageLimits {
  pixels: number;
  frames: number;
  /** For each time that it is decoded. */
  seconds: number;
  /** For all of it. What hangs past that is ended. */
  totalSeconds: number;
  /** Resident memory of a worker. */
  memoryBytes: number;
  /** Workers, each with one picture at a time. */
  workers: number;
  /** Jobs that may wait for one: more would wait longer than their senders do. */
  waiting: number;
  /** After so long without a job a worker ends. */
  idleSeconds: number;
}

export interface Order {
  job: ImageJob;
  limits: ImageLimits;
}

/** What a worker says; `failure` is the decoder's own word. */
export type Report = { value: ImageFacts | null } | { failure: string } | { isOverMemory: true };

interface Task {
  job: ImageJob;
  resolve: (value: ImageFacts | null) => void;
  reject: (error: Error) => void;
}

/** What a worker is at, and when it is ended: for having taken too long, or for having nothing to do. */
interface Work {
  task: Task | null;
  end?: NodeJS.Timeout;
}

/** Lies beside this file, and beside the bundle that this file becomes a part of. */
const workerFile = fileURLToPath(new URL("./image-worker.js", import.meta.url));

/** Signals by which a process ends that was led astray. */
const crashes = new Set<NodeJS.Signals | null>([
  "SIGSEGV",
  "SIGBUS",
  "SIGILL",
  "SIGFPE",
  "SIGABRT",
  "SIGTRAP",
]);

/**
 * Processes in which pictures are decoded, started as they are needed. Each has a bound on its time and its memory and
 * nothing in its environment; one that breaks refuses its picture and is replaced.
 */
export class ImageWorkers {
  readonly #limits: ImageLimits;
  readonly #workers = new Map<ChildProcess, Work>();
  readonly #waiting: Task[] = [];

  constructor(limits: ImageLimits) {
    this.#limits = limits;
  }

  /** The ids of the processes there are. */
  get pids(): number[] {
    return [...this.#workers.keys()].flatMap(({ pid }) => pid ?? []);
  }

  /**
   * @throws AppError `IMAGE_TOO_LARGE` past the bounds on time and memory, `IMAGE_UNREADABLE` where it broke the decoder,
   * `UNAVAILABLE` where too many wait or the worker was ended from outside; Error with the decoder's own word
   */
  run(job: ImageJob): Promise<ImageFacts | null> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.#limits.waiting) return reject(new AppError("UNAVAILABLE"));
      this.#waiting.push({ job, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    const worker = this.#waiting.length > 0 && (this.#idle() ?? this.#start());
    const task = worker && this.#waiting.shift();
    if (!task) return;
    const isLate = () => this.#refuse(worker, new AppError("IMAGE_TOO_LARGE"));
    this.#set(worker, { task, end: setTimeout(isLate, this.#limits.totalSeconds * 1000) });
    worker.ref();
    worker.send({ job: task.job, limits: this.#limits } satisfies Order);
  }

  #idle(): ChildProcess | undefined {
    return [...this.#workers].find(([, { task }]) => task === null)?.[0];
  }

  #start(): ChildProcess | undefined {
    if (this.#workers.size >= this.#limits.workers) return undefined;
    const worker = fork(workerFile, {
      execArgv: ["--max-old-space-size=64"],
      env: { NODE_ENV: "production", MALLOC_ARENA_MAX: "2" }, // no secret of ours; and memory that is let go of goes
    });
    worker.channel?.unref();
    worker.on("message", (report: Report) => this.#hear(worker, report));
    worker.on("exit", (_, signal) =>
      this.#refuse(worker, new AppError(crashes.has(signal) ? "IMAGE_UNREADABLE" : "UNAVAILABLE")),
    );
    worker.on("error", (cause) => this.#refuse(worker, new AppError("UNAVAILABLE", { cause })));
    return worker;
  }

  #hear(worker: ChildProcess, report: Report): void {
    const task = this.#workers.get(worker)?.task;
    if (!task) return;
    if ("isOverMemory" in report) {
      this.#refuse(worker, new AppError("IMAGE_TOO_LARGE"));
      return;
    }
    this.#set(worker, {
      task: null,
      end: setTimeout(() => this.#drop(worker), this.#limits.idleSeconds * 1000).unref(),
    });
    worker.unref();
    if ("value" in report) task.resolve(report.value);
    else task.reject(new Error(report.failure));
    this.#next();
  }

  /** Ends a worker with the picture that it is at, if one of the two is not at its end yet. */
  #refuse(worker: ChildProcess, reason: AppError): void {
    this.#workers.get(worker)?.task?.reject(reason);
    this.#drop(worker);
    this.#next();
  }

  #drop(worker: ChildProcess): void {
    clearTimeout(this.#workers.get(worker)?.end);
    this.#workers.delete(worker);
    worker.kill("SIGKILL");
  }

  #set(worker: ChildProcess, work: Work): void {
    clearTimeout(this.#workers.get(worker)?.end);
    this.#workers.set(worker, work);
  }
}
