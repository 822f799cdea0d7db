// npm run restore -- <folder> [--replace]: brings back what `npm run backup` wrote, into the database and the storage that
// are configured. No node may run. --replace: what they hold goes. docs/operations.md explains more.
import path from "node:path";
import { parseArgs } from "node:util";
import { readEnv } from "~/env";
import { restore } from "~/server/backup/restore";
import { createLog } from "~/server/infra/log";
import { StartError } from "~/server/infra/start-error";
import { openData } from "~/server/open-data";
import { exitWith } from "~/server/run";

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: "boolean", default: false } },
  });
  const [folder] = positionals;
  if (!folder) throw new StartError("Say from where: npm run restore -- <folder> [--replace]");
  await using data = await openData(readEnv(), { join: false, log: createLog("warn") });
  const { takenAt, tables, files } = await restore(data, path.resolve(folder), values);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`Restored to ${data.place} what was there at ${takenAt}: ${rows} rows, ${files.count} files.`);
} catch (error) {
  exitWith(error);
}
