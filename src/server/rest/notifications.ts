import { z } from "zod";
import { doNotDisturbSchema } from "~/shared/notifications";
import { operation } from "./operation";
import { time } from "./time";

export const notificationOperations = [
  operation({
    method: "get",
    path: "/do-not-disturb",
    id: "doNotDisturb",
    tag: "notifications",
    summary: "Until when nothing calls for my attention",
    status: 200,
    input: z.object({}),
    output: doNotDisturbSchema,
    call: (api) => api.notifications.doNotDisturb(),
  }),
  operation({
    method: "put",
    path: "/do-not-disturb",
    id: "setDoNotDisturb",
    tag: "notifications",
    summary:
      "Have nothing call for my attention until then, on any device of mine; null, and everything may again",
    status: 204,
    input: doNotDisturbSchema.extend({ until: time.nullable() }),
    output: z.void(),
    example: { until: "2026-11-23T08:00:00Z" },
    call: (api, input) => api.notifications.setDoNotDisturb(input),
  }),
];
