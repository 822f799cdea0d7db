import path from "node:path";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const project = (test: TestProjectInlineConfiguration["test"]): TestProjectInlineConfiguration => ({
  resolve: { alias: { "~": path.resolve(import.meta.dirname, "src") } },
  test: {
    setupFiles: "src/test/setup.ts",
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    // A process for each file would load Prisma, Next and the others anew each time; `setup.ts` keeps files apart.
    isolate: false,
    // Its module belongs to the WebAssembly that we load for it: both begin anew.
    server: { deps: { inline: ["@prisma/schema-engine-wasm"] } },
    // A second try on CI alone, where a bare machine does several things at once; the report says which took it.
    retry: process.env["CI"] ? 1 : 0,
    ...test,
  },
});

export default defineConfig({
  // The global setup's imports too.
  resolve: { alias: { "~": path.resolve(import.meta.dirname, "src") } },
  test: {
    globalSetup: "src/test/global-setup.ts",
    // One for each core, on two cores too: tests wait for PostgreSQL half of the time.
    maxWorkers: "100%",
    projects: [
      project({ name: "all", include: ["src/**/*.test.{ts,tsx}", "bench/**/*.test.ts"] }),
      // What is about files once more, with the files in a bucket.
      project({
        name: "bucket",
        include: ["src/server/attachments/*.test.ts"],
        // Of this machine alone, of a bucket anyway, or the same wherever the bytes lie.
        exclude: ["**/{disk-full,image-workers,iso-metadata,bucket,file-name,voice}.test.ts"],
        provide: { storage: "bucket" },
        testTimeout: 60_000, // every byte goes through a server more
      }),
    ],
  },
});
