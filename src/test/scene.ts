import { randomUUID } from "node:crypto";
import type { Runtime } from "~/server/runtime";
import { type Caller, callerFor, type Member, member, newcomer, tokenOf } from "./cast";

/** Somebody who is signed in. */
export interface Actor extends Member {
  /** An access token of the same session. */
  token: string;
  sessionId: string;
  api: Caller;
}

const actor = async (node: Runtime): Promise<Actor> => {
  const member = await newcomer(node);
  return { ...member, ...(await tokenOf(node, member)), api: await callerFor(node, member) };
};

/** Who can be refused what: the owner of everything below, their peer in both rooms, and somebody nobody knows. */
export interface Scene {
  owner: Actor;
  peer: Actor;
  outsider: Actor;
  /** Somebody to add, block or invite. */
  other: Actor;
  /** A 1:1 room of owner and peer, in which each has said one thing: seq 1 and 2. */
  roomId: string;
  /** A group that owner opened and peer is in. */
  groupId: string;
  invite: { id: string; token: string };
  /** A message request to owner. */
  requestId: string;
  /** The peer, on owner's list. */
  contactId: string;
  /** Somebody with a password. */
  ada: { username: string; password: string };
  refreshToken: string;
}

export const openScene = async (node: Runtime): Promise<Scene> => {
  const [owner, peer, outsider, other] = await Promise.all([
    actor(node),
    actor(node),
    actor(node),
    actor(node),
  ]);
  const { roomId, id: contactId } = await owner.api.contacts.add({ userId: peer.user.id });
  await peer.api.contacts.add({ userId: owner.user.id });
  const say = (by: Actor, where: string, body: string) =>
    by.api.messages.send({ roomId: where, clientId: randomUUID(), body });
  await say(owner, roomId, "mine");
  await say(peer, roomId, "theirs");
  const { roomId: groupId } = await owner.api.groups.create({ title: "Group", userIds: [peer.user.id] });
  const invite = await owner.api.groups.createInvite({ roomId: groupId });
  const { roomId: requestId } = await other.api.contacts.add({ userId: owner.user.id });
  await say(other, requestId, "may I?");
  const { user, password } = await member(node, "ada");
  const refreshToken = await node.tokens.signRefresh(owner.user.id, {
    sessionId: owner.sessionId,
    generation: 0,
  });
  const ada = { username: user.username, password };
  return { owner, peer, outsider, other, roomId, groupId, invite, requestId, contactId, ada, refreshToken };
};
