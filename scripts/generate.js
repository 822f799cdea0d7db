// Writes the typed database client, src/generated/prisma, from prisma/schema.prisma. Works offline.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { unlessDone } from "./fingerprint.js";

const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");

/** Runs Prisma's generator unless the client is up to date. */
export const generate = () =>
  unlessDone(["prisma/schema.prisma", "package.json"], "src/generated/prisma/.fingerprint", () => {
    execFileSync(process.execPath, [prisma, "generate", "--no-hints"], {
      stdio: "pipe",
      // The generator wants a schema engine to exist, never runs it, and would download it: any file will do.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
    });
  });

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) await generate();
