import { z } from "zod";
import { protectedProcedure, router } from "~/server/trpc/init";
import {
  doNotDisturbSchema,
  onAttentionInput,
  pushKeySchema,
  pushOutcomeSchema,
  subscribeInput,
} from "~/shared/notifications";
import * as service from "./service";
import { streamAttention } from "./subscription";

/** Until when I am not to be disturbed, now and whenever it changes; and for as long as it lasts, whether I look. */
const onAttention = protectedProcedure
  .input(onAttentionInput)
  .subscription(({ ctx, input, signal }) => streamAttention(ctx, input, signal));

export const notificationsRouter = router({
  doNotDisturb: protectedProcedure
    .output(doNotDisturbSchema)
    .query(({ ctx }) => service.getDoNotDisturb(ctx.runtime, ctx.user)),

  /** Nothing is to call for my attention until then; on any of my devices. */
  setDoNotDisturb: protectedProcedure
    .input(doNotDisturbSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => service.setDoNotDisturb(ctx.runtime, ctx.user, input)),

  /** What a browser needs to subscribe. */
  pushKey: protectedProcedure.output(pushKeySchema).query(({ ctx }) => ({ key: ctx.runtime.push.key })),

  /** This session's browser is to be called when I look at no page of ours; in place of any it had before. */
  subscribe: protectedProcedure
    .input(subscribeInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.subscribe(ctx.runtime, ctx.sessionId, input)),

  /** This session's browser is not to be called any more. */
  unsubscribe: protectedProcedure
    .output(z.void())
    .mutation(({ ctx }) => service.unsubscribe(ctx.runtime, ctx.sessionId)),

  /** Calls this session's browser now, and says what its push service answers. */
  test: protectedProcedure
    .output(pushOutcomeSchema)
    .mutation(({ ctx }) => service.testPush(ctx.runtime, ctx)),

  onAttention,
});

/** What of this noun the WebSocket serves. */
export const realtimeNotificationsRouter = router({ onAttention });
