import type { Env } from "~/env";
import { createRuntime } from "./create-runtime";
import type { DoorPolicy } from "./incoming";
import { createLog, type Log } from "./infra/log";
import { createMemoryBackplane } from "./infra/memory";
import { migrate } from "./infra/migrate";
import { createRedisBackplane } from "./infra/redis";
import { keptSecret } from "./infra/secrets";
import { openTraces } from "./infra/traces";
import { openData } from "./open-data";
import type { Backplane } from "./realtime/backplane";
import type { Runtime } from "./runtime";

/** A runtime on what the configuration names, or on what comes with the app where it names nothing. */
export interface Node extends AsyncDisposable {
  runtime: Runtime;
  policy: DoorPolicy;
  /** For people: where the data lies. */
  place: string;
}

/** Opens the database and brings it to the newest schema. `join`: also a built-in one that another process runs. */
export const openNode = async (env: Env, { join = false }: { join?: boolean } = {}): Promise<Node> => {
  const log = createLog(env.LOG_LEVEL);
  const secretKey = env.SECRET_KEY ?? keptSecret(env.DATA_DIR, "secret-key");
  const data = await openData(env, { join, log });
  try {
    const { databaseUrl, storage, place } = data;
    const closeTraces = await openTraces(env.OTEL_EXPORTER_OTLP_ENDPOINT, env.OTEL_SERVICE_NAME);
    await migrate(databaseUrl);
    const runtime = createRuntime({
      databaseUrl,
      backplane: await openBackplane(env, log),
      secretKey,
      storage,
      accessTokenMinutes: env.ACCESS_TOKEN_EXPIRE_MINUTES,
      secureCookie: env.PUBLIC_URL?.startsWith("https:") ?? false,
      contact: env.PUBLIC_URL?.startsWith("https:") ? env.PUBLIC_URL : undefined,
      pushHosts: env.PUSH_HOSTS,
      log,
    });
    const close = async () => {
      await runtime[Symbol.asyncDispose]();
      await closeTraces();
      await data[Symbol.asyncDispose]();
    };
    return { runtime, policy: policyOf(env), place, [Symbol.asyncDispose]: close };
  } catch (error) {
    await data[Symbol.asyncDispose]();
    throw error;
  }
};

const policyOf = ({ ALLOWED_ORIGINS, PORT, PUBLIC_URL, TRUSTED_PROXIES }: Env): DoorPolicy => ({
  // The pages' own address: to a WebSocket server on another port they are of another origin.
  allowedOrigins: [new URL(PUBLIC_URL ?? `http://localhost:${PORT}`).origin, ...ALLOWED_ORIGINS],
  trustedProxies: TRUSTED_PROXIES,
});

const openBackplane = async (env: Env, log: Log): Promise<Backplane> => {
  if (!env.REDIS_URL) return createMemoryBackplane();
  const backplane = createRedisBackplane({
    url: env.REDIS_URL,
    isCluster: env.REDIS_CLUSTER,
    prefix: env.REDIS_PREFIX,
    log,
  });
  // The chat runs without Redis, only slower between nodes: no reason not to start.
  if (!(await backplane.ready())) log.warn("REDIS_URL: no Redis answers there yet");
  return backplane;
};
