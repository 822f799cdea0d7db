// Builds what `npm start` runs: the pages in .next/, the servers and the service worker in dist/. What is up to date is left
// alone. `node scripts/build.js servers` leaves the pages out; `… dev` builds what `npm run dev` cannot do by itself.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";
import { unlessDone } from "./fingerprint.js";
import { generate } from "./generate.js";

const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
const inputs = ["src", "prisma/schema.prisma", "package-lock.json", "tsconfig.json"];

const buildServers = () =>
  unlessDone(
    [...inputs, "prisma/seed.ts", "prisma/demo.ts", "scripts", "wssDevServer.ts"],
    "dist/.fingerprint",
    async () => {
      rmSync("dist", { recursive: true, force: true });
      await build({
        entryPoints: {
          main: "src/server/main.ts",
          ws: "wssDevServer.ts",
          migrate: "scripts/db-deploy.ts",
          seed: "prisma/seed.ts",
          "image-worker": "src/server/attachments/image-worker.js",
          backup: "scripts/backup.ts",
          restore: "scripts/restore.ts",
        },
        outdir: "dist",
        bundle: true,
        splitting: true,
        packages: "external",
        platform: "node",
        format: "esm",
        target: "node20.19",
        sourcemap: true,
        logLevel: "warning",
      });
    },
  );

const buildPages = () =>
  unlessDone(
    [...inputs, "next.config.js", "tailwind.config.ts", "postcss.config.mjs"],
    ".next/.fingerprint",
    () => {
      console.log("Building the pages: once, for about half a minute …");
      /** @type {NodeJS.ProcessEnv} */
      const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
      execFileSync(process.execPath, [next, "build"], { stdio: "inherit", env });
    },
  );

/** More than any script that the chat opens with: lists of emoji, dictionaries for passwords. They wait until they are used. */
const heavyBytes = 256 * 1024;

/** What the service worker knows of the pages (src/service-worker/build.ts). */
const readPages = () => {
  const entries = readdirSync(".next/static", { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const heavy = files.filter((file) => statSync(file).size > heavyBytes);
  /** @param {string} file */
  const toPath = (file) => `/_next/${path.relative(".next", file).split(path.sep).join("/")}`;
  return {
    id: readFileSync(".next/BUILD_ID", "utf8"),
    files: files.map(toPath).sort(),
    heavy: heavy.map(toPath),
  };
};

/** It takes no time, so it is made anew every time. @type {(outfile: string, pages: ReturnType<typeof readPages>) => Promise<unknown>} */
const buildServiceWorker = (outfile, pages) =>
  build({
    entryPoints: ["src/service-worker/main.ts"],
    outfile,
    bundle: true,
    minify: true,
    platform: "browser",
    target: ["chrome109", "firefox115", "safari16.4"],
    define: { BUILD: JSON.stringify(pages) },
    logLevel: "warning",
  });

process.chdir(path.dirname(import.meta.dirname));
await generate();
if (process.argv[2] === "dev") {
  await buildServiceWorker("dist/sw.dev.js", { id: "dev", files: [], heavy: [] });
} else {
  await buildServers();
  if (process.argv[2] !== "servers") {
    await buildPages();
    await buildServiceWorker("dist/sw.js", readPages());
  }
}
