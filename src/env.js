// The one place that reads process.env. Everything else is given what it needs.
import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const port = z.coerce.number("must be a port number").int("must be a port number").min(0).max(65_535);
const httpUrl = z.url({ protocol: /^https?$/, error: "must be a URL like https://chat.example.org" });
/** Separated by commas. */
const list = z
  .string()
  .default("")
  .transform((text) => text.split(",").map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ""));
/** @param {string} protocol */
const startsWith = (protocol) => new RegExp(`^${protocol}$`);

const redisUrl = z.url({ protocol: startsWith("rediss?") });
const isRedisUrl = (/** @type {string} */ url) => redisUrl.safeParse(url).success;

/** Long is not enough: a phrase typed by hand, or one copied from an example, is not a key. */
const isGuessable = (/** @type {string} */ key) =>
  new Set(key).size < 12 || /secret|secreta|change.?me|example|password/i.test(key);

const howToMakeKey = "make one with: openssl rand -base64 32";

const schema = z
  .object({
    /** Set to "production" by who deploys: then no secret is made up. `npm start` and `npm run dev` need nothing. */
    NODE_ENV: z.enum(["development", "production", "test"]).optional(),
    /** PostgreSQL 14 or newer. Without it, the PostgreSQL that comes with the app runs in DATA_DIR. */
    DATABASE_URL: z
      .url({
        protocol: startsWith("postgres(ql)?"),
        error: "must be a URL like postgresql://user:password@host:5432/charla",
      })
      .refine((url) => new URL(url).pathname.length > 1, "must name a database: …/charla")
      .optional(),
    /**
     * Redis 6.2 or newer; what several nodes need to hear each other. Without it, the backplane is this process's memory. Of
     * a cluster, some of its servers, separated by commas.
     */
    REDIS_URL: z
      .string()
      .refine(
        (list) => list.split(",").every((url) => isRedisUrl(url)),
        "must be a URL like redis://host:6379/0",
      )
      .optional(),
    /** Whether that is a Redis Cluster (Redis 7): rooms are spread over its servers by sharded publish/subscribe. */
    REDIS_CLUSTER: z.stringbool("must be true or false").default(false),
    /** Before every key and channel in Redis, so that several installations can share one. */
    REDIS_PREFIX: z.string().default("charla:"),
    /** Key of the hashes under which session tokens are stored, and of the tokens of programs. Another key signs everybody out. */
    SECRET_KEY: z
      .string()
      .min(32, { error: `must have at least 32 characters; ${howToMakeKey}`, abort: true })
      .refine((key) => !isGuessable(key), `is guessable; ${howToMakeKey}`)
      .optional(),
    /** How long a program's access token is good for; it is renewed by its refresh token. */
    ACCESS_TOKEN_EXPIRE_MINUTES: z.coerce
      .number("must be a number of minutes")
      .int()
      .min(1)
      .max(1440)
      .default(15),
    /** Where the app listens. 0: any free port. */
    PORT: port.default(3000),
    /** The interface that it listens on. Without it, all of them. */
    HOST: z.string().optional(),
    /** Where the standalone WebSocket server listens. */
    WS_PORT: port.default(3001),
    /** What must outlive the process: the built-in PostgreSQL, secrets, uploads. */
    DATA_DIR: z
      .string()
      .default(".data")
      .transform((folder) => path.resolve(folder)),
    /** The bucket where files lie, of any store that speaks S3. Without it, they lie in DATA_DIR. */
    S3_BUCKET: z.string().optional(),
    /** The store's address. Without it, Amazon's. */
    S3_ENDPOINT: z
      .url({ protocol: /^https?$/, error: "must be a URL like https://s3.example.org" })
      .optional(),
    S3_REGION: z.string().default("us-east-1"),
    /** Our key to the bucket. Without it, what Amazon's own tools would find: a profile, the machine's role. */
    S3_ACCESS_KEY_ID: z.string().optional(),
    S3_SECRET_ACCESS_KEY: z.string().optional(),
    /** Whether the bucket stands in the path (`host/bucket`) or in the host (`bucket.host`). Without it, in the path of an S3_ENDPOINT. */
    S3_PATH_STYLE: z.stringbool("must be true or false").optional(),
    /** The address that people type. With https, cookies are `Secure`. */
    PUBLIC_URL: httpUrl.optional(),
    /** Further origins whose pages may call the API and the WebSocket, separated by commas. */
    ALLOWED_ORIGINS: list.pipe(z.array(httpUrl.transform((url) => new URL(url).origin))),
    /** Push services of one's own, as `host:port`, separated by commas: in a private network, or without HTTPS. */
    PUSH_HOSTS: list.pipe(z.array(z.string().regex(/^[\w.[\]-]+(:\d+)?$/, "must be host:port"))),
    /** Where browsers find the WebSocket, if not at the page's own origin: `wss://ws.example.org`. */
    WS_URL: z
      .url({ protocol: startsWith("wss?"), error: "must be a URL like wss://chat.example.org" })
      .optional(),
    /** How many proxies of ours stand in front: that many addresses of X-Forwarded-For are believed. */
    TRUSTED_PROXIES: z.coerce.number("must be a number").int().min(0).max(10).default(0),
    /** Where traces are sent: an OTLP receiver that speaks HTTP. Without it, none are made. */
    OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
    /** What these processes are called in traces. */
    OTEL_SERVICE_NAME: z.string().default("charla"),
    /** Where Prometheus finds what this process counts. Without it, nowhere. The world must not reach it. */
    METRICS_PORT: port.optional(),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  })
  .superRefine((env, context) => {
    if (env.NODE_ENV === "production" && env.DATABASE_URL && !env.SECRET_KEY) {
      const message = `is required in production; ${howToMakeKey}`;
      context.addIssue({ code: "custom", path: ["SECRET_KEY"], message });
    }
    if (!env.REDIS_CLUSTER && env.REDIS_URL?.includes(",")) {
      const message = "names several servers: set REDIS_CLUSTER=true if they are a cluster";
      context.addIssue({ code: "custom", path: ["REDIS_URL"], message });
    }
    const needs = (/** @type {keyof typeof env} */ one, /** @type {keyof typeof env} */ other) => {
      if (env[one] !== undefined && env[other] === undefined) {
        context.addIssue({ code: "custom", path: [other], message: `is required with ${one}` });
      }
    };
    needs("S3_ENDPOINT", "S3_BUCKET");
    needs("S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY");
    needs("S3_SECRET_ACCESS_KEY", "S3_ACCESS_KEY_ID");
  });

/** @typedef {z.infer<typeof schema>} Env */

/** The names of them all. */
export const variables = Object.keys(schema.shape);

/** What is wrong with the configuration: a line for each variable. */
export class EnvError extends Error {
  /** @override */
  name = "EnvError";
}

/**
 * The configuration, checked. A variable that is set but empty counts as not set.
 *
 * @param {Record<string, string | undefined>} source
 * @returns {Env}
 */
export const parseEnv = (source) => {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new EnvError(
    result.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`).join("\n"),
  );
};

/** The configuration in this process's environment. */
export const readProcessEnv = () => parseEnv(process.env);

/** The configuration of a server: its environment, and the file `.env` for what that leaves open. */
export const readEnv = () => {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return readProcessEnv();
};

/**
 * React and Next choose between their builds by NODE_ENV when they are loaded, and refuse to be mixed. Next would also
 * report to its makers; a chat of one's own reports to nobody.
 *
 * @param {"development" | "production"} mode
 */
export const setMode = (mode) => {
  Object.assign(process.env, { NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1" });
};
