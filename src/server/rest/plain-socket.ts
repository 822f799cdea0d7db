/**
 * The plain WebSocket of a room, `/ws/{roomId}`, for clients without tRPC: JSON frames over the same procedures. Who it
 * is may stand in the URL (`?token=`), in the Authorization header or in the first frame; tokens never reach a log.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { TRPCError, type TrackedEnvelope } from "@trpc/server";
import type { RawData, WebSocket } from "ws";
import { z } from "zod";
import type { Admission, Visit } from "~/server/admission";
import { parseUrl, requestIdOf } from "~/server/incoming";
import type { Log } from "~/server/infra/log";
import type { Live } from "~/server/realtime/live";
import { type Outlet, outletOf } from "~/server/realtime/outlet";
import { detailsOf, requireSignedIn, toTrpcError } from "~/server/trpc/init";
import { createCaller } from "~/server/trpc/root";
import type { Attachment } from "~/shared/attachments";
import { AppError } from "~/shared/errors";
import type { Message } from "~/shared/messages";
import type { User } from "~/shared/users";
import { FileIntake, type StoreFile } from "./file-intake";
import { clientFrameSchema, framesOf, type ServerFrame } from "./frames";
import { toProblem } from "./problem";

export const plainSocketPath = /^\/ws\/([^/]+)\/?$/;

export const plainSocketFarewell = JSON.stringify({ type: "reconnect" } satisfies ServerFrame);

interface Options {
  admission: Admission;
  log: Log;
  /** Bytes of a text frame, at most, unless it brings a file. */
  frameBytes: number;
  /** Stores a file of this person's for a room. */
  storeFile: (user: User, roomId: string, ...file: Parameters<StoreFile>) => Promise<Attachment>;
}

/** Serves one connection until it closes. */
export const servePlainSocket = (ws: WebSocket, request: IncomingMessage, options: Options): void => {
  const connection = new PlainSocket(ws, request, options);
  ws.on("error", () => {}); // a close follows
  connection.start();
};

class PlainSocket {
  readonly #ws: WebSocket;
  readonly #outlet: Outlet;
  readonly #options: Options;
  readonly #visit: Visit;
  readonly #url: URL | null;
  readonly #roomId: string;
  readonly #requestId: string;
  readonly #closed = new AbortController();
  /** The procedures, and the way in for files, once signed in. */
  #session: { api: ReturnType<typeof createCaller>; files: FileIntake } | null = null;
  /** Ends when every frame so far has been dealt with. */
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(ws: WebSocket, request: IncomingMessage, options: Options) {
    this.#ws = ws;
    this.#outlet = outletOf(ws, request.socket);
    this.#options = options;
    this.#url = parseUrl(request);
    this.#roomId = this.#url?.pathname.match(plainSocketPath)?.[1] ?? "";
    this.#requestId = requestIdOf(request);
    const hangUp: Visit["hangUp"] = (code, reason) => {
      this.#say({ type: "error", code: reason, requestId: this.#requestId });
      ws.close(code, reason);
    };
    this.#visit = { ws, request, hangUp };
  }

  start(): void {
    this.#options.admission.awaitSignIn(this.#visit);
    this.#last = this.#enter(this.#url?.searchParams.get("token") ?? undefined);
    this.#ws.on("message", (data, isBinary) => this.#queue(data, isBinary));
    this.#ws.once("close", () => {
      this.#closed.abort();
      this.#session?.files.close();
    });
  }

  /** Signs in and listens. Without any token it stays for the first frame to bring one. */
  async #enter(token: string | undefined): Promise<void> {
    try {
      const context = await this.#options.admission.admit(this.#visit, token);
      const { identity } = context;
      if (token === undefined && identity.state === "signed-out" && !identity.refusal) return;
      const { user } = requireSignedIn(context);
      const api = createCaller(context, { signal: this.#closed.signal });
      const lastEventId = this.#url?.searchParams.get("since");
      const stream = await api.messages.onMessage({ roomId: this.#roomId, lastEventId });
      this.#session = { api, files: this.#openIntake(user) };
      this.#say({ type: "ready", roomId: this.#roomId });
      void this.#listen(stream as Live<TrackedEnvelope<Message>>);
    } catch (error) {
      this.#fail(error);
    }
  }

  #openIntake(user: User): FileIntake {
    return new FileIntake((...file) => this.#options.storeFile(user, this.#roomId, ...file), {
      say: (frame) => this.#say(frame),
      refuse: (error, clientId) => this.#refuse(this.#toRefusal(error), clientId),
    });
  }

  async #listen(stream: Live<TrackedEnvelope<Message>>): Promise<void> {
    const { write, isFull, drained } = this.#outlet;
    const take = (events: readonly TrackedEnvelope<Message>[]) => write(framesOf(events));
    try {
      await stream.run({ take, isFull, drained }, this.#closed.signal);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** One frame after the other, so that a client's messages keep their order; what comes meanwhile waits in its socket. */
  #queue(data: RawData, isBinary: boolean): void {
    const bytes = data as Buffer; // which it is, unless ws is told otherwise
    this.#waiting += 1;
    this.#ws.pause();
    this.#last = this.#last
      .then(() => (isBinary ? this.#handleBytes(bytes) : this.#handleText(bytes)))
      .catch((error) => this.#fail(error))
      .finally(() => {
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#ws.resume();
      });
  }

  async #handleBytes(bytes: Buffer): Promise<void> {
    if (!this.#session) return this.#refuse(this.#toRefusal(new AppError("NOT_SIGNED_IN")));
    await this.#session.files.take(bytes);
  }

  async #handleText(text: Buffer): Promise<void> {
    const given = parseJson(String(text));
    const isFile = withFile.safeParse(given).success;
    if (!isFile && text.length > this.#options.frameBytes) return this.#ws.close(tooLarge);
    // Whoever does not read their answers is not asked further.
    if (this.#outlet.isFull()) await this.#outlet.drained();
    const { data: frame, error } = clientFrameSchema.safeParse(given);
    if (error) {
      const { data } = withClientId.safeParse(given);
      return this.#refuse(new TRPCError({ code: "BAD_REQUEST", cause: error }), data?.clientId);
    }
    if (frame.type === "ping") return this.#say({ type: "pong" });
    // Once signed in, the connection lives with its session: another token changes nothing.
    if (frame.type === "auth") return this.#session ? undefined : this.#enter(frame.token);
    if (!this.#session) return this.#refuse(this.#toRefusal(new AppError("NOT_SIGNED_IN")));
    if (frame.type === "attachment") return this.#session.files.announce(frame);
    const { type: _, ...message } = frame;
    try {
      const named = { ...message, roomId: this.#roomId, clientId: message.clientId ?? randomUUID() };
      const { id, seq, rev, clientId } = await this.#session.api.messages.send(named);
      this.#say({ type: "ack", clientId, id, seq, rev });
    } catch (refusal) {
      this.#refuse(this.#toRefusal(refusal), message.clientId);
    }
  }

  #say(frame: ServerFrame): void {
    this.#send(JSON.stringify(frame));
  }

  #send(text: string): void {
    if (this.#ws.readyState === this.#ws.OPEN) this.#ws.send(text);
  }

  #refuse(refusal: TRPCError, clientId?: string): void {
    const { reason, ...details } = detailsOf(refusal);
    const about = clientId === undefined ? {} : { clientId };
    this.#say({
      type: "error",
      code: reason ?? refusal.code,
      ...about,
      ...details,
      requestId: this.#requestId,
    });
  }

  /** For what no further frame can mend. */
  #fail(error: unknown): void {
    const refusal = this.#toRefusal(error);
    const { status, code } = toProblem(refusal, this.#requestId).problem;
    this.#refuse(refusal);
    this.#ws.close(4000 + status, code);
  }

  #toRefusal(error: unknown): TRPCError {
    const asked = { log: this.#options.log, path: "/ws", requestId: this.#requestId };
    return error instanceof TRPCError ? error : toTrpcError(error, asked);
  }
}

const withClientId = z.object({ clientId: z.string().max(64) });
const withFile = z.object({ type: z.literal("attachment") });

/** RFC 6455's code for a frame that is. */
const tooLarge = 1009;

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
