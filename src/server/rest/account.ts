import { z } from "zod";
import { deleteAccountInput, exportSchema } from "~/shared/account";
import { operation } from "./operation";

export const accountOperations = [
  operation({
    method: "post",
    path: "/account/export",
    id: "requestExport",
    tag: "account",
    summary:
      "Where a zip of everything I have here can be downloaded: once, within a minute, without a token",
    status: 201,
    input: z.object({}),
    output: exportSchema,
    refusals: ["RATE_LIMITED"],
    call: (api) => api.account.requestExport(),
  }),
  operation({
    method: "post",
    path: "/account/deletion",
    id: "deleteAccount",
    tag: "account",
    summary: "Delete my account for good, and what I wrote with it if I say so",
    status: 204,
    input: deleteAccountInput,
    output: z.void(),
    example: { password: "an engine of analysis", eraseMessages: false },
    refusals: ["WRONG_PASSWORD", "RATE_LIMITED"],
    call: (api, input) => api.account.delete(input),
  }),
];
