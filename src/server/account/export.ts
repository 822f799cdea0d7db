import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pLimit from "p-limit";
import { ZipFile } from "yazl";
import { takeOrRefuse } from "~/server/auth/access";
import { pictureKey } from "~/server/pictures/access";
import type { Limit } from "~/server/realtime/backplane";
import type { Runtime } from "~/server/runtime";
import { exportPath } from "~/shared/account";
import { AppError } from "~/shared/errors";
import type { User } from "~/shared/users";
import { readMe } from "./read-me";
import { type OwnFile, readSnapshot, type Snapshot } from "./snapshot";
import { Spool } from "./spool";

/** Enough to try again where a line was cut; each reads all that somebody ever wrote. */
export const exportsPerPerson: Limit = { name: "export-person", points: 5, seconds: 24 * 60 * 60 };
const downloadsPerAddress: Limit = { name: "export-download", points: 1, seconds: 5 * 60 };

/** Snapshots read at a time, each on a connection to the database of its own; and people who wait for their turn. */
const reading = pLimit(2);
const maxWaiting = 16;

/**
 * Where the export of everything that this person has here can be downloaded, once, within a minute: a browser takes
 * it from there by itself.
 *
 * @throws AppError `RATE_LIMITED`
 */
export const requestExport = async (
  { backplane, tokens }: Runtime,
  user: User,
  sessionId: string,
): Promise<{ url: string }> => {
  await takeOrRefuse(backplane, exportsPerPerson, user.id);
  const token = await tokens.signDownload(user.id, sessionId);
  return { url: `${exportPath}?${new URLSearchParams({ token })}` };
};

/**
 * Answers with a zip of everything that somebody has here: what the database says in one moment, and their files. Neither is
 * ever held in memory; the client sets the pace, and when it goes everything stops.
 *
 * @throws AppError `TOKEN_…`, `SESSION_ENDED`, `RATE_LIMITED`, `UNAVAILABLE`, before anything is answered
 */
export const sendExport = async (
  runtime: Runtime,
  downloadToken: string,
  response: ServerResponse,
): Promise<void> => {
  const { user } = await runtime.tokens.validateDownload(downloadToken);
  await takeOrRefuse(runtime.backplane, downloadsPerAddress, downloadToken.slice(-43));
  if (reading.pendingCount >= maxWaiting) throw new AppError("UNAVAILABLE");
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  await using spool = await Spool.open(runtime.storage.workDir);
  const snapshot = await reading(() => readSnapshot(runtime.db, user, spool, gone.signal));
  const day = new Date().toISOString().slice(0, 10);
  response.writeHead(200, {
    "Content-Type": "application/zip",
    "Content-Disposition": `attachment; filename="charla-${user.username}-${day}.zip"`,
  });
  const zip = new ZipFile();
  zip.once("error", (error) => gone.abort(error));
  const sending = pipeline(zip.outputStream, response, { signal: gone.signal });
  await Promise.all([sending, fill(zip, runtime, { spool, snapshot, signal: gone.signal })]).finally(() =>
    gone.abort(),
  );
};

interface Contents {
  spool: Spool;
  snapshot: Snapshot;
  signal: AbortSignal;
}

/** One entry after the other, so that a file is opened when its turn has come. */
const fill = async (zip: ZipFile, { storage }: Runtime, { spool, snapshot, signal }: Contents) => {
  const add = async (name: string, bytes: Readable, compress: boolean): Promise<void> => {
    const stop = () => bytes.destroy();
    signal.addEventListener("abort", stop);
    zip.addReadStream(bytes, name, { compress });
    await once(bytes, "end", { signal });
    signal.removeEventListener("abort", stop);
  };
  const addStored = async (name: string, key: string): Promise<void> => {
    const bytes = await storage.read(key).catch(unlessGone);
    // What was stored is compressed as far as it goes.
    if (bytes) await add(name, bytes, false);
  };
  await add("README.txt", Readable.from([readMe]), true);
  for (const [name, part] of snapshot.documents) await add(name, spool.read(part), true);
  if (snapshot.pictureId) await addStored("picture.webp", pictureKey(snapshot.pictureId, "large"));
  for (const file of snapshot.files) await addStored(`files/${nameOf(file)}`, file.id);
  zip.end();
};

/** Its own name after its id, which the messages know it by; without what one system or another has no such names for. */
const nameOf = ({ id, name }: OwnFile): string => `${id} ${name.replace(/[\\/:*?"<>|]/g, "_")}`;

/** A file that has gone since the snapshot was taken. */
const unlessGone = (error: unknown): null => {
  if (error instanceof AppError && error.reason === "ATTACHMENT_NOT_FOUND") return null;
  throw error;
};
