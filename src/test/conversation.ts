import { randomUUID } from "node:crypto";
import type { Runtime } from "~/server/runtime";
import { type Caller, callerFor, type Member, newcomer } from "./cast";

/** Two people who write to each other in the room that the first of them opened, and their callers. */
export interface Conversation {
  roomId: string;
  first: Member;
  second: Member;
  asFirst: Caller;
  asSecond: Caller;
}

/** Two newcomers; the first has added the second, who has not answered yet: the room is a request. */
export const openRequest = async (node: Runtime): Promise<Conversation> => {
  const [first, second] = await Promise.all([newcomer(node), newcomer(node)]);
  const [asFirst, asSecond] = await Promise.all([callerFor(node, first), callerFor(node, second)]);
  const { roomId } = await asFirst.contacts.add({ userId: second.user.id });
  return { roomId, first, second, asFirst, asSecond };
};

/** Two newcomers who have each other on their lists, in a room without a message. */
export const openConversation = async (node: Runtime): Promise<Conversation> => {
  const conversation = await openRequest(node);
  await conversation.asSecond.contacts.add({ userId: conversation.first.user.id });
  return conversation;
};

/** Sends one message under a new client id. */
export const say = (caller: Caller, roomId: string, body: string) =>
  caller.messages.send({ roomId, clientId: randomUUID(), body });
