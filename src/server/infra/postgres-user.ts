import { execFileSync } from "node:child_process";
import { chmodSync, statSync } from "node:fs";
import path from "node:path";
import { StartError } from "./start-error";

/** A user of the operating system. */
export interface OsUser {
  uid: number;
  gid: number;
}

const id = (option: "-u" | "-g", name: string): number =>
  Number(execFileSync("id", [option, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));

/**
 * Whom PostgreSQL runs as, which refuses to be root: null for "whoever runs this process". As root, the owner of the
 * data that exists, else the user `postgres` or, where there is none, `nobody`.
 */
export const postgresUser = (cluster: string): OsUser | null => {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ["postgres", "nobody"]) {
    try {
      return { uid: id("-u", name), gid: id("-g", name) };
    } catch {
      // No such user here: the next one.
    }
  }
  throw new StartError("PostgreSQL does not run as root, and there is no user postgres: set DATABASE_URL");
};

const mayEnter = (user: OsUser, folder: string): boolean => {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat) return true; // ours to make
  const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
  return (stat.mode & bit) !== 0;
};

/** Whether `user` may pass through every folder from the root down to `folder`. */
export const canReach = (user: OsUser | null, folder: string): boolean => {
  if (user === null) return true;
  const parent = path.dirname(folder);
  return mayEnter(user, folder) && (parent === folder || canReach(user, parent));
};

/**
 * Lets `user` pass through `folder`, which is ours; what lies in it stays closed. False if a folder above it, which is
 * not ours to open, is in the way.
 */
export const letPass = (user: OsUser | null, folder: string): boolean => {
  if (user && !mayEnter(user, folder)) chmodSync(folder, statSync(folder).mode | 0o011);
  return canReach(user, folder);
};
