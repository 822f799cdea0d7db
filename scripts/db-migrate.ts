// npm run db:migrate -- --name add_reactions: writes the migration from the last one to prisma/schema.prisma.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { readEnv } from "~/env";
import { openDatabaseServer } from "~/server/infra/database-server";
import { migrationsFolder, pendingMigration } from "~/server/infra/migrate";

const { name } = parseArgs({ options: { name: { type: "string" } } }).values;
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error("Say what it does: npm run db:migrate -- --name add_reactions");
  process.exit(1);
}

// The migrations are played through in a scratch database: any server will do, and no data is touched.
const server = await openDatabaseServer(readEnv(), { join: true });
try {
  const sql = await pendingMigration(server.url);
  if (sql === null) {
    console.log("The migrations already lead to prisma/schema.prisma.");
  } else {
    const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const folder = path.join(migrationsFolder, `${time}_${name}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, "migration.sql"), sql);
    console.log(`Wrote ${path.relative(process.cwd(), folder)}/migration.sql: read it before you commit it.`);
  }
} finally {
  await server.stop();
}
