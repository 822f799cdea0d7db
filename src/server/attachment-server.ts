/**
 * Files over HTTP: up in one request or resumably, down whole or in part. Browsers come with their session's cookie,
 * programs with an access token; what a form of another site can send takes the token alone.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { TRPCError } from "@trpc/server";
import { validate as isUuid } from "uuid";
import { attachmentsPath, uploadsPath } from "~/shared/attachment-paths";
import { AppError } from "~/shared/errors";
import type { User } from "~/shared/users";
import { sendFile } from "./attachments/download";
import { receiveForm } from "./attachments/receive";
import { createTusHandler } from "./attachments/tus";
import { type DoorPolicy, isOriginAllowed, requestInfo } from "./incoming";
import { answerCors } from "./rest/cors";
import { findOperation } from "./rest/find-operation";
import { answerJson, answerProblem, createRestHandler } from "./rest/handler";
import type { Runtime } from "./runtime";
import { createContext } from "./trpc/context";
import { requireSignedIn } from "./trpc/init";

export type AttachmentHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<void>;

/** Answers everything at and under `attachmentsPath` and `uploadsPath`. */
export const createAttachmentHandler = (runtime: Runtime, policy: DoorPolicy): AttachmentHandler => {
  const whoAsks = async (request: IncomingMessage, { byCookie }: { byCookie: boolean }): Promise<User> => {
    const info = requestInfo(request, policy);
    return requireSignedIn(await createContext(runtime, byCookie ? info : { ...info, cookie: undefined }))
      .user;
  };

  const tus = createTusHandler(runtime);
  const rest = createRestHandler(runtime, policy);

  const serve = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const { method = "GET" } = request;
    const isReading = method === "GET" || method === "HEAD";
    const path = url.pathname.replace(/\/$/, "");
    const isUpload = path === uploadsPath || path.startsWith(`${uploadsPath}/`);
    if (!isReading && !isOriginAllowed(request, policy)) throw new AppError("FORBIDDEN_ORIGIN");
    if (isUpload && method !== "GET") {
      return tus(await whoAsks(request, { byCookie: true }), request, response);
    }
    if (path === attachmentsPath && method === "POST") {
      const user = await whoAsks(request, { byCookie: false });
      return answerJson(response, 201, await receiveForm(runtime, user, request));
    }
    const file = isReading ? readFilePath(path) : null;
    if (!file) throw new TRPCError({ code: "NOT_FOUND" });
    await sendFile(runtime, await whoAsks(request, { byCookie: true }), file, request, response);
  };

  return async (request, response, url) => {
    // What moves no bytes is a procedure like any other.
    if ("operation" in findOperation(request.method, url.pathname)) return rest(request, response, url);
    response.setHeader("Cache-Control", "no-store");
    try {
      if (answerCors(request, response, policy)) return;
      await serve(request, response, url);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else answerProblem(runtime, request, response, error, attachmentsPath);
    } finally {
      // A body that nobody read would be taken for the next request.
      request.resume();
    }
  };
};

const readFilePath = (path: string): { id: string; isThumbnail: boolean } | null => {
  if (!path.startsWith(`${attachmentsPath}/`)) return null;
  const [id = "", part, ...more] = path.slice(attachmentsPath.length + 1).split("/");
  if (!isUuid(id) || more.length > 0 || (part !== undefined && part !== "thumbnail")) return null;
  return { id, isThumbnail: part === "thumbnail" };
};
