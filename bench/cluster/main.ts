// npm run cluster: everything that docker-compose.yml starts, by the same commands, on loopback and without Docker.
// npm run cluster -- --check: starts it, restarts every node under load, and says what came of it.
import { parseArgs } from "node:util";
import { readProcessEnv } from "~/env";
import { checkInstallation } from "./check";
import { isFree, startInstallation } from "./installation";

const { values } = parseArgs({
  options: { check: { type: "boolean", default: false }, port: { type: "string", default: "4000" } },
});

let port = Number(values.port);
while (!(await isFree(port))) port += 100;
const { DATABASE_URL: databaseUrl } = readProcessEnv();
const installation = await startInstallation({ port, databaseUrl });
for (const part of installation.parts) console.log(`  ${part}`);

if (values.check) {
  const found = await checkInstallation(installation);
  await installation[Symbol.asyncDispose]();
  for (const { text, isGood } of found) console.log(`${isGood ? "  ok   " : "  WRONG"} ${text}`);
  const wrong = found.filter(({ isGood }) => !isGood).length;
  console.log(`cluster: ${wrong === 0 ? "ok" : "FAILED"} wrong=${wrong}`);
  process.exitCode = wrong === 0 ? 0 : 1;
} else {
  console.log(`\n  Charla is ready at ${installation.url}; Ctrl-C stops all of it.\n`);
}
