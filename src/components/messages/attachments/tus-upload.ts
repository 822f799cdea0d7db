import { DetailedError, Upload } from "tus-js-client";
import { uploadsPath } from "~/shared/attachment-paths";
import { type ErrorReason, errorCodes } from "~/shared/errors";
import { uploadChunkBytes } from "~/shared/limits";
import type { Failure } from "../outbox/failure";
import type { OutgoingFile } from "./outgoing-file";
import { UploadError } from "./upload-error";
import { uploadName } from "./upload-names";

/** Milliseconds. Who asked for the upload goes on from there. */
const retryDelays = [300, 1_000, 3_000];
/** Refusals of the moment: others are at this very upload, the server is slow, one has to wait. */
const momentary = new Set([408, 409, 423, 429]);

interface Task {
  readonly roomId: string;
  readonly file: OutgoingFile;
  /** Ends it; what is on the server goes too. */
  readonly signal: AbortSignal;
  readonly onProgress: (bytes: number) => void;
}

const reasonIn = (body: string): ErrorReason | null => {
  try {
    const { code } = JSON.parse(body) as { code?: string };
    return code !== undefined && code in errorCodes ? (code as ErrorReason) : null;
  } catch {
    return null;
  }
};

const failureOf = (error: Error): Failure => {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  const status = response?.getStatus() ?? 0;
  const reason = response ? reasonIn(response.getBody()) : null;
  const retryAfterSeconds = Number(response?.getHeader("Retry-After") ?? Number.NaN);
  return {
    reason,
    // A full disk stays full for longer than anybody waits.
    temporary: reason !== "STORAGE_FULL" && (status < 400 || status >= 500 || momentary.has(status)),
    retryAfterMs: Number.isNaN(retryAfterSeconds) ? null : retryAfterSeconds * 1000,
  };
};

const optionsFor = ({ roomId, file: { key, file, voice } }: Pick<Task, "roomId" | "file">) => ({
  endpoint: new URL(uploadsPath, window.location.origin).href,
  metadata: {
    roomId,
    name: file.name,
    type: file.type,
    ...(voice && { voice: JSON.stringify(voice) }),
  },
  // Where the upload lives is kept in localStorage under this name, until `forgetUpload`.
  fingerprint: async () => uploadName(key),
  chunkSize: uploadChunkBytes,
  retryDelays,
});

/**
 * Uploads a file, going on where an earlier try or visit stopped. Resolves to the attachment's id.
 *
 * @throws UploadError
 */
export const uploadByTus = (task: Task): Promise<string> =>
  new Promise((resolve, reject) => {
    const { file, signal, onProgress } = task;
    const upload = new Upload(file.file, {
      ...optionsFor(task),
      onProgress,
      onShouldRetry: (error) => failureOf(error).temporary && failureOf(error).reason !== "RATE_LIMITED",
      onSuccess: () => resolve(upload.url?.split("/").at(-1) ?? ""),
      onError: (error) => reject(new UploadError(failureOf(error), error)),
    });
    const cancel = (): void => {
      upload.abort(true).catch(() => undefined);
      reject(new UploadError({ reason: null, temporary: false, retryAfterMs: null }));
    };
    const start = async (): Promise<void> => {
      const [previous] = await upload.findPreviousUploads();
      if (signal.aborted) return cancel();
      if (previous) upload.resumeFromPreviousUpload(previous);
      signal.addEventListener("abort", cancel, { once: true });
      upload.start();
    };
    start().catch(reject);
  });

/** Forgets where the upload lives: a next one begins anew. */
export const forgetUpload = async (roomId: string, file: OutgoingFile): Promise<void> => {
  const { options } = new Upload(file.file, optionsFor({ roomId, file }));
  const { urlStorage } = options;
  for (const { urlStorageKey } of (await urlStorage?.findUploadsByFingerprint(uploadName(file.key))) ?? []) {
    await urlStorage?.removeUpload(urlStorageKey);
  }
};
