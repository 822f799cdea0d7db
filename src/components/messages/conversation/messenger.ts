"use client";

import { getUntypedClient, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "~/server/trpc/root";
import type { User } from "~/shared/users";
import { profiles } from "~/trpc/profiles";
import { trpc } from "~/trpc/react";
import {
  browserDraftFiles,
  type DraftFile,
  type DraftFileStore,
  noDraftFiles,
} from "../attachments/draft-file-store";
import { DraftFiles } from "../attachments/draft-files";
import { sendWithFiles } from "../attachments/send-with-files";
import { Uploads } from "../attachments/uploads";
import { BrowserStore } from "../outbox/browser-store";
import { Outbox } from "../outbox/outbox";
import { MemoryStore, type OutgoingStore } from "../outbox/outgoing-store";
import { Conversation } from "./conversation";
import { browserHistory, type History, noHistory } from "./history";
import { ReadMarks } from "./read-marks";

/** Rooms whose messages stay in memory, so that going back to one is instant. */
const roomsKept = 20;
/** A send that has no answer by then is tried again, in milliseconds. */
const sendTimeout = 15_000;

/** All the conversations of the page, and what is on its way to them. */
export class Messenger {
  readonly outbox: Outbox;
  readonly uploads: Uploads;
  readonly draftFiles: DraftFiles;
  readonly readMarks: ReadMarks;
  readonly #client: TRPCClient<AppRouter>;
  readonly #history: History;
  /** Least recently opened first. */
  readonly #conversations = new Map<string, Conversation>();

  /**
   * @param store keeps what is on its way
   * @param history keeps what was read
   * @param draftFiles keeps what is attached to what is being written
   */
  constructor(
    client: TRPCClient<AppRouter>,
    store: OutgoingStore,
    history: History = noHistory,
    draftFiles: DraftFileStore = noDraftFiles,
  ) {
    this.#client = client;
    this.#history = history;
    this.uploads = new Uploads((id) => client.attachments.discard.mutate({ id }));
    this.draftFiles = new DraftFiles(this.uploads, draftFiles);
    this.readMarks = new ReadMarks(client);
    const send = sendWithFiles(this.uploads, (input) =>
      client.messages.send.mutate(input, { signal: AbortSignal.timeout(sendTimeout) }),
    );
    this.outbox = new Outbox(send, store);
    this.outbox.subscribe((roomId) => this.#settle(roomId));
    void this.outbox.open().then(() => this.draftFiles.open((file) => this.#isOnItsWay(file)));
    profiles.subscribe(() => {
      for (const conversation of this.#conversations.values()) conversation.refreshPeople();
    });
    if (typeof window !== "undefined") window.addEventListener("online", () => this.wake());
  }

  /** The room's conversation, made at the first call. */
  conversation(roomId: string): Conversation {
    const conversation = this.#conversations.get(roomId) ?? this.#create(roomId);
    this.#conversations.delete(roomId);
    this.#conversations.set(roomId, conversation);
    for (const [id, { isOpen }] of this.#conversations) {
      if (this.#conversations.size <= roomsKept) break;
      if (!isOpen && id !== roomId) this.#conversations.delete(id);
    }
    return conversation;
  }

  /** The connection is back: whatever waits for its next try makes it now. */
  wake(): void {
    this.outbox.wake();
    for (const conversation of this.#conversations.values()) conversation.retry();
  }

  #create(roomId: string): Conversation {
    const conversation = new Conversation(this.#client, roomId, {
      history: this.#history,
      onConnected: () => this.wake(),
    });
    conversation.subscribe(() => this.#settle(roomId));
    return conversation;
  }

  #isOnItsWay({ roomId, file }: DraftFile): boolean {
    return this.outbox.entries(roomId).some(({ files }) => files?.some(({ key }) => key === file.key));
  }

  /** Hands sent messages over to the timeline, and lets go of those it shows. */
  #settle(roomId: string): void {
    const conversation = this.#conversations.get(roomId);
    for (const entry of this.outbox.entries(roomId)) {
      if (!entry.message || !conversation) continue;
      conversation.acknowledge(entry.message);
      if (conversation.shows(entry.message.seq)) this.outbox.remove(entry);
    }
  }
}

const messengers = new WeakMap<object, Messenger>();

/** The page's messenger. It belongs to the client, not to a component: what was sent goes out wherever one clicks. */
export const useMessenger = (me: User): Messenger => {
  const { client } = trpc.useUtils();
  // Every component is given a proxy of its own; the client behind it is the page's one.
  const key = getUntypedClient(client);
  const messenger =
    messengers.get(key) ??
    (typeof window === "undefined"
      ? new Messenger(client, new MemoryStore())
      : new Messenger(client, new BrowserStore(me.id), browserHistory(me.id), browserDraftFiles(me.id)));
  messengers.set(key, messenger);
  return messenger;
};
