import type { Readable } from "node:stream";
import type { Uploads } from "./uploads";

/** The key of the smaller picture of an attachment; the attachment's id is that of its file. */
export const thumbnailKey = (id: string): string => `${id}.thumbnail`;

/** Bytes `start` to `end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** A file as the storage finds it. */
export interface ListedFile {
  key: string;
  /** In bytes. */
  size: number;
}

/**
 * Where whole files are kept, on a disk or in an S3 bucket, by keys of our own making that begin with a UUID. One contract
 * test holds both to what is said here. A file that is not there is refused as AppError `ATTACHMENT_NOT_FOUND`, a store that
 * does not answer as `UNAVAILABLE`, one without room as `STORAGE_FULL` or with the disk's own error.
 */
export interface Storage {
  /**
   * A folder of this machine for files that are still being made. Name them after the upload's id, or another UUID: what
   * is left lying for an hour is swept up, and with it what is stored under that id if no attachment has it.
   */
  readonly workDir: string;
  /** What is on its way to becoming files. */
  readonly uploads: Uploads;
  /**
   * Keeps what lies at `source`, in the place of what had this key: wholly and lastingly, or not at all. The source stays
   * its maker's to remove. Safe to repeat.
   */
  put(key: string, source: string): Promise<void>;
  /** Bytes of a file. */
  size(key: string): Promise<number>;
  /** A file or a part of it, never held in memory. The stream fails where its last byte cannot be had. */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** Says nothing of keys that are not there. */
  remove(keys: string[]): Promise<void>;
  /** Every file, in no order. What comes or goes meanwhile may be missed. */
  list(): AsyncIterable<ListedFile>;
  /** Lets go of connections. */
  close(): void;
}
