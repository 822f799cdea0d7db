// Creates the database if it is missing and applies the migrations: the one-shot step of a deployment.
import { readEnv } from "~/env";
import { openDatabaseServer } from "~/server/infra/database-server";
import { migrate } from "~/server/infra/migrate";
import { exitWith } from "~/server/run";

try {
  const server = await openDatabaseServer(readEnv());
  const applied = await migrate(server.url);
  await server.stop();
  console.log(applied.length > 0 ? `Applied ${applied.join(", ")}.` : "The schema is up to date.");
} catch (error) {
  exitWith(error);
}
