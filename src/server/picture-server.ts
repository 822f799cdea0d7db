/**
 * Pictures of people and groups over HTTP. Browsers come with their session's cookie, programs with an access token. What
 * is posted is no form, so that another site's page cannot send it unasked.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { TRPCError } from "@trpc/server";
import { validate as isUuid } from "uuid";
import { AppError } from "~/shared/errors";
import { picturesPath } from "~/shared/picture-paths";
import { type DoorPolicy, isOriginAllowed, requestInfo } from "./incoming";
import { receivePicture } from "./pictures/receive";
import { type AskedPicture, sendPicture } from "./pictures/send";
import { answerCors } from "./rest/cors";
import { answerJson, answerProblem } from "./rest/handler";
import type { Runtime } from "./runtime";
import { createContext } from "./trpc/context";
import { requireSignedIn } from "./trpc/init";

/** Answers everything at and under `picturesPath`. */
export const createPictureHandler = (runtime: Runtime, policy: DoorPolicy) => {
  const serve = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const { method = "GET", headers } = request;
    const asked = readPath(url);
    const isUpload = method === "POST" && url.pathname.replace(/\/$/, "") === picturesPath;
    if (!isUpload && !(asked && (method === "GET" || method === "HEAD"))) {
      throw new TRPCError({ code: "NOT_FOUND" });
    }
    if (isUpload && !isOriginAllowed(request, policy)) throw new AppError("FORBIDDEN_ORIGIN");
    const { user } = requireSignedIn(await createContext(runtime, requestInfo(request, policy)));
    if (asked) return sendPicture(runtime, user, asked, request, response);
    if (!headers["content-type"]?.startsWith("image/"))
      throw new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE" });
    answerJson(response, 201, await receivePicture(runtime, user, request));
  };

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    response.setHeader("Cache-Control", "no-store");
    try {
      if (answerCors(request, response, policy)) return;
      await serve(request, response, url);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else answerProblem(runtime, request, response, error, picturesPath);
    } finally {
      // A body that nobody read would be taken for the next request.
      request.resume();
    }
  };
};

const readPath = ({ pathname, searchParams }: URL): AskedPicture | null => {
  const [id = "", size, ...more] = pathname
    .slice(picturesPath.length + 1)
    .replace(/\/$/, "")
    .split("/");
  if (!isUuid(id) || more.length > 0 || (size !== undefined && size !== "small")) return null;
  return { id, size: size ?? "large", invite: searchParams.get("invite") };
};
