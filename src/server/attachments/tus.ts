/**
 * Resumable uploads by the tus protocol. An upload grows among the storage's uploads, where what is left lying is swept up;
 * it belongs to who began it, and to nobody else it exists. Any node that has the storage can go on with it.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { ERRORS, MemoryLocker, Server, TUS_RESUMABLE, type Upload as TusUpload } from "@tus/server";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { requireMembership } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import { uploadsPath } from "~/shared/attachment-paths";
import { voiceTextSchema } from "~/shared/attachments";
import { AppError } from "~/shared/errors";
import { attachmentMaxBytes } from "~/shared/limits";
import type { User } from "~/shared/users";
import { isDiskFull } from "./disk-space";
import { admitUpload, discardAttachment, finishUpload } from "./service";

/** What the client says of the file, under the names that tus clients use for it. */
const metadataSchema = z
  .object({
    roomId: z.uuid(),
    name: z.string().nullish(),
    filename: z.string().nullish(),
    type: z.string().nullish(),
    filetype: z.string().nullish(),
    voice: voiceTextSchema.nullish(),
  })
  .transform(({ roomId, name, filename, type, filetype, voice }) => ({
    roomId,
    name: name ?? filename ?? "",
    type: type ?? filetype ?? "",
    ...(voice && { voice: JSON.stringify(voice) }),
  }));

/** What we keep of it. */
const keptSchema = z.object({
  ownerId: z.uuid(),
  roomId: z.uuid(),
  name: z.string(),
  type: z.string(),
  voice: voiceTextSchema.optional(),
});

export type TusHandler = (user: User, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Answers requests under `uploadsPath`, of somebody who is signed in. Throws what is ours to say; what the protocol has an
 * answer for is answered.
 */
export const createTusHandler = (runtime: Runtime): TusHandler => {
  const { db } = runtime;
  const datastore = runtime.storage.uploads;
  // Within this node; between nodes none is needed, as the stores write bytes where they belong.
  const locker = new MemoryLocker();

  const finish = async (user: User, upload: TusUpload) => {
    const { id, metadata } = upload;
    const kept = keptSchema.parse(metadata);
    try {
      await finishUpload(runtime, { ...kept, id, ownerId: user.id, open: () => datastore.open(id) });
    } catch (error) {
      // What is refused for what it is would be refused for ever.
      if (error instanceof AppError && error.reason.startsWith("IMAGE_")) await datastore.remove(id);
      throw error;
    }
    return {};
  };

  // A server a request: what it asks back is asked about this person.
  return async (user, request, response) => {
    const server = new Server({
      path: uploadsPath,
      datastore,
      locker,
      relativeLocation: true,
      allowedOrigins: [], // other sites' pages may not: what may cross is for answerCors to say
      maxSize: attachmentMaxBytes,
      namingFunction: () => uuidv7(),
      getFileIdFromRequest: (_, id) => (isUuid(id) ? id : undefined),
      onUploadCreate: async (_, { size, metadata }) => {
        const { data } = metadataSchema.safeParse(metadata ?? {});
        if (!data || size === undefined) throw new AppError("INVALID_INPUT");
        await requireMembership(db, user.id, data.roomId);
        await admitUpload(runtime, user, size);
        return { metadata: { ...data, ownerId: user.id } };
      },
      onIncomingRequest: async ({ method }, id) => {
        if (method === "POST") return;
        const upload = await datastore.getUpload(id);
        if (upload.metadata?.["ownerId"] !== user.id) throw ERRORS.FILE_NOT_FOUND;
        if (method === "DELETE") await discardAttachment(runtime, user, id);
        // Its last byte came, but not our answer: the client is told of the end only once it is one.
        if (method === "HEAD" && upload.offset === upload.size) await finish(user, upload);
      },
      onUploadFinish: (_, upload) => finish(user, upload),
      onResponseError: async (_, error) => {
        const ours = toOurs(error);
        if (ours) throw ours;
        return undefined;
      },
    });
    response.setHeader("Tus-Resumable", TUS_RESUMABLE);
    await server.handle(request, response);
  };
};

/** The library's errors in our words; undefined for those of the protocol, which stay as they are. */
const toOurs = (error: unknown): Error | undefined => {
  if (error === ERRORS.FILE_NOT_FOUND || error === ERRORS.FILE_NO_LONGER_EXISTS) {
    return new AppError("ATTACHMENT_NOT_FOUND");
  }
  if (error === ERRORS.ERR_MAX_SIZE_EXCEEDED || error === ERRORS.ERR_SIZE_EXCEEDED) {
    return new AppError("ATTACHMENT_TOO_LARGE");
  }
  if (isDiskFull(error)) return new AppError("STORAGE_FULL", { cause: error });
  return error instanceof Error ? error : undefined;
};
