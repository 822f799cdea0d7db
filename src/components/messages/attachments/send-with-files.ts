import type { Message } from "~/shared/messages";
import { failureOf } from "../outbox/failure";
import type { Written } from "../outbox/outbox";
import type { Uploads } from "./uploads";

type Place = { roomId: string; clientId: string };
type Send = (input: Place & Omit<Written, "files"> & { attachmentIds: string[] }) => Promise<Message>;

/** Sends a message once its files are up, so that nobody sees it without them. Rejects as uploads and `send` do. */
export const sendWithFiles =
  (uploads: Uploads, send: Send) =>
  async ({ files = [], ...input }: Place & Written): Promise<Message> => {
    const { roomId } = input;
    const attempt = async (): Promise<Message> =>
      send({ ...input, attachmentIds: await Promise.all(files.map((file) => uploads.upload(roomId, file))) });
    const forget = () => Promise.all(files.map((file) => uploads.forget(roomId, file)));
    const message = await attempt().catch(async (error: unknown) => {
      if (failureOf(error).reason !== "ATTACHMENT_NOT_FOUND") throw error;
      // They waited for longer than the server keeps them: up they go again.
      await forget();
      return attempt();
    });
    void forget();
    return message;
  };
