import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { projectRoot } from "./infra/project-root";

export const serviceWorkerPath = "/sw.js";

const headers = {
  "Content-Type": "text/javascript; charset=utf-8",
  // Browsers ask for it with every page they open, so that a new build is found at once.
  "Cache-Control": "no-cache",
  // What the worker itself may fetch: what pages are made of.
  "Content-Security-Policy": "default-src 'none'; connect-src 'self'",
};

const etagOf = (script: Buffer): string => `"${createHash("sha256").update(script).digest("base64url")}"`;

/** Serves the service worker as scripts/build.js made it: with the files of the built pages, or, for `dev`, without any. */
export const serveServiceWorker = async (
  request: IncomingMessage,
  response: ServerResponse,
  { dev }: { dev: boolean },
): Promise<void> => {
  const file = path.join(projectRoot, "dist", dev ? "sw.dev.js" : "sw.js");
  const script = await readFile(file).catch(() => null);
  if (!script) {
    response.writeHead(404, { "Content-Type": "text/plain" }).end("not built\n");
    return;
  }
  const etag = etagOf(script);
  const isKnown = request.headers["if-none-match"] === etag;
  response.writeHead(isKnown ? 304 : 200, { ...headers, ETag: etag }).end(isKnown ? undefined : script);
};
