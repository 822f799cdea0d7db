import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type pg from "pg";

export type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";

/** Nothing in our schema is managed by somebody else. */
export const noFilters: bindings.SchemaFilter = { externalTables: [], externalEnums: [] };

let loading: Promise<void> | undefined;

const load = async (): Promise<void> => {
  const module = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = await readFile(path.join(path.dirname(module), "schema_engine_bg.wasm"));
  const imports: WebAssembly.ModuleImports = { ...bindings };
  for (const name of Object.keys(imports)) {
    // The engine leaves the 10 s timer of its lock running: without this, no process could end before it.
    if (name.startsWith("__wbg_setTimeout_")) {
      imports[name] = (work: () => void, ms: number) => setTimeout(work, ms).unref();
    }
  }
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": imports });
  bindings.__wbg_set_wasm(instance.exports);
  const { __wbindgen_start: start } = instance.exports;
  if (typeof start === "function") start();
};

// Types of PostgreSQL's own catalogue that the engine reads and PrismaPg refuses to: "char", which is to arrive as a
// character, and int2vector, regproc, pg_node_tree, regclass and regtype, as text.
const charOid = 18;
const catalogueOids = new Set([charOid, 22, 24, 194, 2205, 2206]);
const textOid = 25;

type PgAdapter = Awaited<ReturnType<PrismaPg["connect"]>>;

const adapt = (adapter: PgAdapter): SqlDriverAdapter => {
  const pool = adapter.underlyingDriver();
  const query = pool.query.bind(pool) as (
    config: pg.QueryArrayConfig | string,
  ) => Promise<pg.QueryArrayResult>;
  const queryRaw = adapter.queryRaw.bind(adapter);
  const charColumns = new WeakMap<unknown[][], boolean[]>();
  Object.assign(pool, {
    query: async (config: pg.QueryArrayConfig | string) => {
      // Its own lock is of a session, which behind a pooler stays locked when we are gone. `migrate` holds one already.
      const isLock = typeof config === "object" && config.text.startsWith("SELECT pg_advisory_lock(");
      const result = await query(isLock ? { ...config, text: "SELECT 1" } : config);
      const fields = result.fields ?? []; // a script has none
      charColumns.set(
        result.rows ?? [],
        fields.map((field) => field.dataTypeID === charOid),
      );
      for (const field of fields) if (catalogueOids.has(field.dataTypeID)) field.dataTypeID = textOid;
      return result;
    },
  });
  return Object.assign(adapter, {
    queryRaw: async (sql: SqlQuery) => {
      const result = await queryRaw(sql);
      const isChar = charColumns.get(result.rows) ?? [];
      const columnTypes = result.columnTypes.map((type, i) => (isChar[i] ? ColumnTypeEnum.Character : type));
      return { ...result, columnTypes };
    },
    // PrismaPg splits scripts at each ";" and runs the parts one by one. Sent whole, a migration is one implicit
    // transaction: it is applied or it is not.
    executeScript: async (script: string) => {
      await pool.query(script);
    },
  });
};

/** Runs `work` with Prisma's schema engine (its WebAssembly build: nothing is downloaded) on this database. */
export const withSchemaEngine = async <T>(
  databaseUrl: string,
  work: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> => {
  loading ??= load();
  await loading;
  const prismaPg = new PrismaPg({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  const adapters: PgAdapter[] = [];
  const connect = async () => {
    const adapter = await prismaPg.connect();
    adapters.push(adapter);
    return adapt(adapter);
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: prismaPg.provider,
    adapterName: prismaPg.adapterName,
    connect,
    // Only `diff` from migrations asks for a shadow database, and it is given a scratch database to begin with.
    connectToShadowDb: connect,
  };
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    // The engine disposes of a shadow database's connections, not of the others.
    for (const adapter of adapters) if (!adapter.underlyingDriver().ended) await adapter.dispose();
  }
};
