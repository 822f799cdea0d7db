import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { restPath } from "./find-operation";
import { openApiDocument } from "./openapi";

const docsPath = `${restPath}/docs`;
const swaggerUi = path.dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Charla: API</title>
    <link rel="icon" href="${docsPath}/favicon-32x32.png" />
    <link rel="stylesheet" href="${docsPath}/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="${docsPath}/swagger-ui-bundle.js"></script>
    <script src="${docsPath}/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({
  url: "${restPath}/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
});
`;

/** Swagger UI sets styles by script and draws with images of its own; nothing comes from another host. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

let openApi: string | undefined;
const openApiText = (): string => {
  openApi ??= JSON.stringify(openApiDocument());
  return openApi;
};

/** The page for people, the document for programs, and what the page is made of: by path, the type and the text or file. */
const documents: Record<string, { type: string; text?: () => string; file?: string }> = {
  [`${restPath}/openapi.json`]: { type: "application/json", text: openApiText },
  [docsPath]: { type: "text/html; charset=utf-8", text: () => page },
  [`${docsPath}/start.js`]: { type: "text/javascript; charset=utf-8", text: () => start },
  [`${docsPath}/favicon-32x32.png`]: { type: "image/png", file: "favicon-32x32.png" },
  [`${docsPath}/swagger-ui.css`]: { type: "text/css; charset=utf-8", file: "swagger-ui.css" },
  [`${docsPath}/swagger-ui-bundle.js`]: {
    type: "text/javascript; charset=utf-8",
    file: "swagger-ui-bundle.js",
  },
};

/** @returns whether the request was for the API's documentation, and is answered */
export const answerDocs = (request: IncomingMessage, response: ServerResponse, url: URL): boolean => {
  const document = documents[url.pathname.replace(/\/$/, "")];
  if (request.method !== "GET" || !document) return false;
  response.writeHead(200, {
    "Content-Type": document.type,
    "Content-Security-Policy": contentSecurityPolicy,
    "Cache-Control": "no-cache",
  });
  if (document.text) response.end(document.text());
  else createReadStream(path.join(swaggerUi, document.file ?? "")).pipe(response);
  return true;
};
