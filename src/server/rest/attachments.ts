import { z } from "zod";
import {
  attachmentKindSchema,
  attachmentPageSchema,
  discardAttachmentInput,
  listAttachmentsInput,
} from "~/shared/attachments";
import { operation } from "./operation";

/** Files themselves come and go as bytes: see `file-operations.ts`. */
export const attachmentOperations = [
  operation({
    method: "get",
    path: "/rooms/{roomId}/attachments",
    id: "listAttachments",
    tag: "attachments",
    summary: "The files of a room, or those of one kind, of the newest messages first",
    status: 200,
    input: listAttachmentsInput.omit({ kinds: true }).extend({ kind: attachmentKindSchema.optional() }),
    output: attachmentPageSchema,
    refusals: ["ROOM_NOT_FOUND"],
    call: (api, { kind, ...input }) => api.attachments.list({ ...input, ...(kind && { kinds: [kind] }) }),
  }),
  operation({
    method: "delete",
    path: "/attachments/{id}",
    id: "discardAttachment",
    tag: "attachments",
    summary: "Let a file of mine go that no message has; a file that was sent goes with its message",
    status: 204,
    input: discardAttachmentInput,
    output: z.void(),
    call: (api, input) => api.attachments.discard(input),
  }),
];
