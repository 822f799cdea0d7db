// npm run backup -- <folder>: writes a whole copy of the chat, rows and files, to a folder that is not there yet. People
// may go on meanwhile. `npm run restore -- <folder>` brings it back; docs/operations.md explains both.
import path from "node:path";
import { readEnv } from "~/env";
import { backUp } from "~/server/backup/back-up";
import { createLog } from "~/server/infra/log";
import { StartError } from "~/server/infra/start-error";
import { openData } from "~/server/open-data";
import { exitWith } from "~/server/run";

const [target] = process.argv.slice(2);
try {
  if (!target) throw new StartError("Say where to: npm run backup -- <folder>");
  await using data = await openData(readEnv(), { join: true, log: createLog("warn") });
  const { takenAt, tables, files } = await backUp(data, path.resolve(target));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`Backed up ${data.place}, as it was at ${takenAt}: ${rows} rows, ${files.count} files.`);
  for (const id of files.missing) console.error(`Not in the storage, or damaged there: attachment ${id}`);
  if (files.missing.length > 0) process.exitCode = 2;
} catch (error) {
  exitWith(error);
}
