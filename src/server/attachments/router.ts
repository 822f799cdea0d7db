import { protectedProcedure, router } from "~/server/trpc/init";
import { attachmentPageSchema, discardAttachmentInput, listAttachmentsInput } from "~/shared/attachments";
import * as readable from "./readable";
import * as service from "./service";

/** Files themselves come and go over HTTP: see `attachment-server.ts`. */
export const attachmentsRouter = router({
  /** The files of a room, the newest first. */
  list: protectedProcedure
    .input(listAttachmentsInput)
    .output(attachmentPageSchema)
    .query(({ ctx, input }) => readable.listAttachments(ctx.runtime, ctx.user, input)),

  /** Lets a file go that I uploaded and did not send. */
  discard: protectedProcedure
    .input(discardAttachmentInput)
    .mutation(({ ctx, input }) => service.discardAttachment(ctx.runtime, ctx.user, input.id)),
});
