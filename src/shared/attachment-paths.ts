/** Where files are asked for: `{attachmentsPath}/{id}`, and what comes in one request is posted to. */
export const attachmentsPath = "/api/attachments";

/**
 * Where resumable uploads go (tus 1.0). Their metadata: `roomId`, `name`, and `type` as the client takes it for. The last
 * part of an upload's URL is the id of the attachment that it becomes with its last byte.
 */
export const uploadsPath = "/api/uploads";
