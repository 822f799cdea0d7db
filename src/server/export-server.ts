/**
 * Exports over HTTP. Who asks is said by the address alone, so that a browser downloads it like any file; it is made for a
 * person who is signed in, for one download.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { TRPCError } from "@trpc/server";
import { exportPath } from "~/shared/account";
import { sendExport } from "./account/export";
import { answerProblem } from "./rest/handler";
import type { Runtime } from "./runtime";

/** Answers a request for `exportPath`. */
export const createExportHandler =
  (runtime: Runtime) =>
  async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    response.setHeader("Cache-Control", "no-store");
    try {
      if (request.method !== "GET") throw new TRPCError({ code: "METHOD_NOT_SUPPORTED" });
      await sendExport(runtime, url.searchParams.get("token") ?? "", response);
    } catch (error) {
      if (response.headersSent || response.closed) response.destroy();
      else answerProblem(runtime, request, response, error, exportPath);
    } finally {
      request.resume();
    }
  };
