import { randomBytes } from "node:crypto";
import { hash, parseOptions, verify } from "@node-rs/argon2";
import { dictionary } from "@zxcvbn-ts/language-common";
import pLimit from "p-limit";
import { passwordLength } from "~/shared/auth";
import { AppError } from "~/shared/errors";

/** OWASP's floor for argon2id (which is this library's default algorithm). Memory in KiB: 19 MiB. */
const settings = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Half of the threads that libuv has by default: the other half keeps serving files and DNS in a flood of sign-ins. */
const concurrency = 2;
/** One to two seconds of work; a longer queue would answer nobody in time. */
const maxWaiting = 64;

const queue = pLimit(concurrency);

/** How many passwords wait to be hashed or checked. */
export const waitingPasswords = (): number => queue.pendingCount;

const bounded = <T>(work: () => Promise<T>): Promise<T> => {
  if (queue.pendingCount >= maxWaiting) throw new AppError("UNAVAILABLE", { retryAfterSeconds: 2 });
  return queue(work);
};

const random = (bytes: number): string => randomBytes(bytes).toString("base64").replace(/=+$/, "");

/** Has the form of every hash here and belongs to no password: what an unknown name is checked against. */
const decoy = `$argon2id$v=19$m=${settings.memoryCost},t=${settings.timeCost},p=${settings.parallelism}$${random(16)}$${random(32)}`;

/** The PHC string to store. Rejects with `UNAVAILABLE` when too many are waiting. */
export const hashPassword = (password: string): Promise<string> => bounded(() => hash(password, settings));

/**
 * Whether `password` is the one behind `passwordHash`. Null, for a name nobody has, costs the same work and is false.
 * Rejects with `UNAVAILABLE` when too many are waiting.
 */
export const verifyPassword = async (passwordHash: string | null, password: string): Promise<boolean> =>
  (await bounded(() => verify(passwordHash ?? decoy, password))) && passwordHash !== null;

/** Whether this hash was made with less work than we ask today. */
export const needsRehash = (passwordHash: string): boolean => {
  const { memoryCost, timeCost, parallelism } = parseOptions(passwordHash);
  return (
    memoryCost < settings.memoryCost || timeCost < settings.timeCost || parallelism < settings.parallelism
  );
};

const commonest = new Set(
  dictionary["passwords-common"].filter((password) => password.length >= passwordLength.min),
);

/** Whether a guesser would try this password among the first: one of the commonest, or the name it protects. */
export const isCommonPassword = (password: string, username: string): boolean => {
  const folded = password.toLowerCase();
  return commonest.has(folded) || folded === username;
};
