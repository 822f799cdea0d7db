import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import fc from "fast-check";
import type { Runtime } from "~/server/runtime";
import { type Caller, callerFor, type Member, newcomer } from "./cast";
import { LiveState } from "./live-state";

/** Something that one of three people does, perhaps to another, in one of the rooms that there are. */
interface Action {
  what:
    | "send"
    | "edit"
    | "delete"
    | "hide"
    | "react"
    | "read"
    | "unread"
    | "add"
    | "forget"
    | "block"
    | "unblock"
    | "rename"
    | "introduce"
    | "vanish"
    | "invite"
    | "expel"
    | "leave"
    | "privacy";
  who: number;
  whom: number;
  /** Picks the room and the message among those that there are. */
  pick: number;
}

const people = 3;

const action: fc.Arbitrary<Action> = fc.record({
  what: fc.oneof(
    { weight: 8, arbitrary: fc.constant("send" as const) },
    {
      weight: 6,
      arbitrary: fc.constantFrom<Action["what"][]>("edit", "delete", "hide", "react", "read", "unread"),
    },
    {
      weight: 6,
      arbitrary: fc.constantFrom<Action["what"][]>(
        "add",
        "forget",
        "block",
        "unblock",
        "rename",
        "introduce",
        "vanish",
        "invite",
        "expel",
        "leave",
        "privacy",
      ),
    },
  ),
  who: fc.nat(people - 1),
  whom: fc.nat(people - 1),
  pick: fc.nat(20),
});

/** Steps one after the other; the actions of one step at the same time. */
export const steps = fc.array(fc.array(action, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 12,
});

interface Person {
  userId: string;
  api: Caller;
  /** Deletes their account; with what they wrote, or without. */
  vanish: (eraseMessages: boolean) => Promise<void>;
  isGone: boolean;
}

/** A refusal is an answer like any other; what nobody foresaw is not. */
const orRefusal = async (work: Promise<unknown>): Promise<void> => {
  await work.catch((error: unknown) => {
    if (!(error instanceof TRPCError) || error.code === "INTERNAL_SERVER_ERROR") throw error;
  });
};

const forget = async (api: Caller, userId: string): Promise<void> => {
  const { items } = await api.contacts.list();
  const contact = items.find(({ user }) => user.id === userId);
  if (contact) await api.contacts.remove({ contactId: contact.id });
};

const act = (persons: Person[], roomIds: string[], { what, who, whom, pick }: Action): Promise<unknown> => {
  const me = persons[who];
  const other = persons[whom];
  const roomId = roomIds[pick % roomIds.length];
  if (!me || !other || !roomId) throw new Error("nobody, or nowhere");
  const { api } = me;
  const { userId } = other;
  const message = { roomId, seq: (pick % 7) + 1 };
  switch (what) {
    case "send":
      return api.messages.send({ roomId, clientId: randomUUID(), body: `${who} says ${pick}` });
    case "edit":
      return api.messages.edit({ ...message, body: `edited ${pick}` });
    case "delete":
      return api.messages.delete(message);
    case "hide":
      return api.messages.hide({ ...message, on: pick % 3 > 0 });
    case "react":
      return api.messages.react({ ...message, emoji: "👍", on: pick % 3 > 0 });
    case "read":
      return api.rooms.markRead(message);
    case "unread":
      return api.rooms.markUnread(message);
    case "add":
      return api.contacts.add({ userId });
    case "forget":
      return forget(api, userId);
    case "block":
      return api.contacts.block({ userId });
    case "unblock":
      return api.contacts.unblock({ userId });
    case "rename":
      return api.groups.rename({ roomId, title: `title ${pick}` });
    case "introduce":
      return api.auth.updateProfile({ displayName: `name ${pick}` });
    case "vanish":
      return me.vanish(pick % 2 > 0);
    case "invite":
      return api.groups.addMembers({ roomId, userIds: [userId] });
    case "expel":
      return api.groups.removeMember({ roomId, userId });
    case "leave":
      return api.groups.leave({ roomId });
    case "privacy":
      return api.auth.updatePrivacy(
        pick % 2 ? { sharesReading: pick % 3 > 0 } : { sharesPresence: pick % 3 > 0 },
      );
  }
};

const openPerson = async (node: Runtime, member: Member): Promise<Person> => {
  const person: Person = {
    userId: member.user.id,
    api: await callerFor(node, member),
    isGone: false,
    vanish: async (eraseMessages) => {
      await person.api.account.delete({ password: member.password, eraseMessages });
      person.isGone = true;
      // As with a browser, whose every call says who asks: signed out.
      person.api = await callerFor(node, member);
    },
  };
  return person;
};

/**
 * Three new people do all this, each through one node and listening through another.
 *
 * @throws Error when the state that one of them built from events differs from what they would fetch anew
 */
export const replay = async (nodes: readonly [Runtime, Runtime], sequence: Action[][]): Promise<void> => {
  const members = await Promise.all(Array.from({ length: people }, () => newcomer(nodes[0])));
  const persons = await Promise.all(
    members.map((member, index) => openPerson(nodes[index % 2 === 0 ? 0 : 1], member)),
  );
  const states = await Promise.all(
    members.map((member, index) => LiveState.open(nodes[index % 2 === 0 ? 1 : 0], member)),
  );
  try {
    const [first, ...rest] = persons;
    if (!first) throw new Error("nobody");
    const userIds = rest.map(({ userId }) => userId);
    const group = await first.api.groups.create({ title: "random", userIds });
    const direct = await first.api.contacts.add({ userId: userIds[0] ?? "" });
    const roomIds = [group.roomId, direct.roomId];
    for (const step of sequence) {
      await Promise.all(step.map((one) => orRefusal(act(persons, roomIds, one))));
    }
    for (const [index, state] of states.entries()) {
      await (persons[index]?.isGone ? state.ends() : state.agrees());
    }
  } finally {
    await Promise.all(states.map((state) => state.close()));
  }
};
