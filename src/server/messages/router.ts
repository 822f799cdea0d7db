import { atOnce, protectedProcedure, router } from "~/server/trpc/init";
import {
  deleteMessageInput,
  editMessageInput,
  hideMessageInput,
  listMessagesInput,
  messagePageSchema,
  messageSchema,
  onMessageInput,
  reactInput,
  searchMessagesInput,
  searchPageSchema,
  sendMessageInput,
} from "~/shared/messages";
import * as change from "./change";
import { hideMessage } from "./hide";
import { searchMessages } from "./search";
import * as service from "./service";
import { streamMessages } from "./subscription";

/** Stores a message and answers once it is committed. Safe to repeat: one `clientId`, one message, for ever. */
const send = protectedProcedure
  .input(atOnce(sendMessageInput))
  .output(atOnce(messageSchema))
  .mutation(({ ctx, input }) => service.sendMessage(ctx.runtime, ctx.user, input));

/** Every change of a room from a `rev` on, each exactly once and in order, as `tracked(rev, message)`. */
const onMessage = protectedProcedure
  .input(onMessageInput)
  .subscription(({ ctx, input, signal }) => streamMessages(ctx, input, signal));

export const messagesRouter = router({
  /** A page of history by seq, in either direction. */
  list: protectedProcedure
    .input(atOnce(listMessagesInput))
    .output(atOnce(messagePageSchema))
    .query(({ ctx, input }) => service.listMessages(ctx.runtime, ctx.user, input)),

  /** Messages of my rooms by their words, the newest first. */
  search: protectedProcedure
    .input(searchMessagesInput)
    .output(atOnce(searchPageSchema))
    .query(({ ctx, input }) => searchMessages(ctx.runtime, ctx.user, input)),

  send,

  /** Replaces the text of a message of mine, for an hour after it was sent. */
  edit: protectedProcedure
    .input(editMessageInput)
    .output(messageSchema)
    .mutation(({ ctx, input }) => change.editMessage(ctx.runtime, ctx.user, input)),

  /** Deletes for everybody; a tombstone stays. */
  delete: protectedProcedure
    .input(deleteMessageInput)
    .output(messageSchema)
    .mutation(({ ctx, input }) => change.deleteMessage(ctx.runtime, ctx.user, input)),

  /** Deletes for me alone, on all my devices, or gives it back to me. */
  hide: protectedProcedure
    .input(hideMessageInput)
    .output(messageSchema)
    .mutation(({ ctx, input }) => hideMessage(ctx.runtime, ctx.user, input)),

  /** Puts my reaction under a message, or takes it back. */
  react: protectedProcedure
    .input(reactInput)
    .output(messageSchema)
    .mutation(({ ctx, input }) => change.react(ctx.runtime, ctx.user, input)),

  onMessage,
});

/** What of this noun the WebSocket serves. */
export const realtimeMessagesRouter = router({ send, onMessage });
