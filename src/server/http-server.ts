import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { exportPath } from "~/shared/account";
import { attachmentsPath, uploadsPath } from "~/shared/attachment-paths";
import { picturesPath } from "~/shared/picture-paths";
import { createAttachmentHandler } from "./attachment-server";
import { createExportHandler } from "./export-server";
import { type DoorPolicy, nameRequest, parseUrl, requestIdHeader } from "./incoming";
import { httpRequestSeconds } from "./infra/metrics";
import { withRequestSpan } from "./infra/traces";
import { createPictureHandler } from "./picture-server";
import { answer, type Readiness } from "./readiness";
import { restPath } from "./rest/find-operation";
import { createRestHandler } from "./rest/handler";
import type { Runtime } from "./runtime";
import { createTrpcHandler, trpcPath } from "./trpc-http";

/** On every answer, whoever gives it. */
const headers = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(self), geolocation=()",
  // Pages that open ours, or that ours lead to, get no hold of its window; and none shows what we serve as its own.
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export interface HttpServerOptions extends DoorPolicy {
  runtime: Runtime;
  readiness: Readiness;
  /** Everything that is not the API's. */
  pages: (request: IncomingMessage, response: ServerResponse) => unknown;
}

/** One kind of path. */
interface Route {
  /** As it is called in the metrics. */
  name: string;
  isAt: (pathname: string) => boolean;
  serve: (request: IncomingMessage, response: ServerResponse, url: URL) => unknown;
}

/** Serves the tRPC API, REST, files, `/healthz`, `/readyz`, and the pages. */
export const createHttpServer = ({ runtime, readiness, pages, ...policy }: HttpServerOptions): Server => {
  const at = (path: string) => (pathname: string) => pathname === path;
  const under = (path: string) => (pathname: string) => pathname.startsWith(`${path}/`);
  const atOrUnder = (path: string) => (pathname: string) => at(path)(pathname) || under(path)(pathname);
  const routes: Route[] = [
    {
      name: "healthz",
      isAt: at("/healthz"),
      serve: (_, response) => readiness.answerHealth(response),
    },
    {
      name: "readyz",
      isAt: at("/readyz"),
      serve: (_, response) => readiness.answerReadiness(response),
    },
    { name: "trpc", isAt: under(trpcPath), serve: createTrpcHandler(runtime, policy) },
    {
      name: "attachments",
      isAt: (pathname) => [attachmentsPath, uploadsPath].some((path) => atOrUnder(path)(pathname)),
      serve: createAttachmentHandler(runtime, policy),
    },
    { name: "pictures", isAt: atOrUnder(picturesPath), serve: createPictureHandler(runtime, policy) },
    { name: "export", isAt: at(exportPath), serve: createExportHandler(runtime) },
    { name: "rest", isAt: under(restPath), serve: createRestHandler(runtime, policy) },
    { name: "assets", isAt: under("/_next"), serve: pages },
    { name: "pages", isAt: () => true, serve: pages },
  ];
  return createServer((request, response) => {
    const answered = httpRequestSeconds.startTimer();
    const requestId = nameRequest(request, policy);
    response.setHeader(requestIdHeader, requestId);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const url = parseUrl(request);
    const route = url && routes.find(({ isAt }) => isAt(url.pathname));
    // The kind of path alone: paths and queries may hold what people typed, and tokens.
    const asked = { requestId, method: request.method, route: route?.name ?? "none" };
    response.once("close", () => {
      const { statusCode: status } = response;
      const seconds = answered({ route: asked.route, status: String(status) });
      runtime.log.debug({ ...asked, status, ms: Math.round(seconds * 1000) }, "answered");
    });
    if (!route) return answer(response, 400, "bad request");
    withRequestSpan(request, response, asked, () => void route.serve(request, response, url));
  });
};
