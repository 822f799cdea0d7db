import type { DataStore } from "@tus/server";

/** A file of this machine, for as long as it is needed. */
export interface LocalFile extends AsyncDisposable {
  path: string;
}

/**
 * What is on its way to becoming files, by the id that the attachment will have: tus's own store, with what the rest of us
 * needs of it. While a file has no row in the database its upload is here, so that {@link list} finds what a process that
 * ended left behind.
 */
export interface Uploads extends DataStore {
  /** A whole upload as a file. */
  open(id: string): Promise<LocalFile>;
  /** Every upload that has left something here or in the work folder, and when that was last written to, in ms since the epoch. */
  list(): Promise<Map<string, number>>;
  /** Removes all that is left of an upload. Says nothing where there is none. */
  remove(id: string): Promise<void>;
}
