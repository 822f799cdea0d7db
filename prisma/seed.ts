// npm run db:seed: fills a demo, through the same procedures that everybody uses. Run again, it adds nothing.
import { v5 as uuidOf, v4 as uuidV4 } from "uuid";
import { readEnv } from "~/env";
import { StartError } from "~/server/infra/start-error";
import { openNode } from "~/server/open-node";
import { exitWith } from "~/server/run";
import type { Runtime } from "~/server/runtime";
import { createContext } from "~/server/trpc/context";
import { createCaller } from "~/server/trpc/root";
import { type Caller, type Name, people } from "~/test/cast";
import { dialogues, group } from "./demo";

const password = "hola-charla-2026";
/** Ada finds these at the end of each of her rooms. */
const unreadLines = 3;
/** Makes a line's `clientId` of its place, the same in every run. */
const namespace = "5b0c1f7e-6a0f-4a3b-9d43-1f1b7c2f6a11";

/** Signs a person up, or in if the demo is there already, and answers with their caller. */
const signUp = async (runtime: Runtime, name: Name): Promise<Caller> => {
  const request = { ip: "127.0.0.1", userAgent: "demo", cookie: undefined, authorization: undefined };
  let cookie = "";
  const visitor = await createContext(runtime, request, { setCookie: (header) => (cookie = header) });
  const { auth } = createCaller(visitor);
  const isNew = (await runtime.db.user.count({ where: { username: people[name].username } })) === 0;
  if (isNew) await auth.register({ ...people[name], password });
  else
    await auth.signIn({ username: people[name].username, password }).catch(() => {
      throw new StartError(`Somebody else is called ${name} here: the demo needs its four names`);
    });
  return createCaller(await createContext(runtime, { ...request, cookie: cookie.split(";")[0] }));
};

const fill = async (runtime: Runtime): Promise<number> => {
  const callers = {
    ada: await signUp(runtime, "ada"),
    bruno: await signUp(runtime, "bruno"),
    carla: await signUp(runtime, "carla"),
    olga: await signUp(runtime, "olga"),
  };
  let messages = 0;
  for (const { between, lines } of dialogues) {
    const [first, second] = between;
    const { roomId } = await callers[first].contacts.add({ username: people[second].username });
    await callers[second].contacts.add({ username: people[first].username });
    for (const [index, body] of lines.entries()) {
      const author = index % 2 === 0 ? first : second;
      const clientId = uuidOf(`${between.join()}:${index}`, namespace);
      const { seq } = await callers[author].messages.send({ roomId, clientId, body });
      const reader = author === first ? second : first;
      if (index < lines.length - unreadLines) await callers[reader].rooms.markRead({ roomId, seq });
      messages += 1;
    }
  }
  return messages + (await fillGroup(runtime, callers));
};

/** Opens the group and lets it talk, if the owner has none of that title yet. */
const fillGroup = async ({ db }: Runtime, callers: Record<Name, Caller>): Promise<number> => {
  const { title, owner, lines } = group;
  const members = [...new Set(lines.map(({ by }) => by))];
  const users = await Promise.all(members.map((name) => callers[name].auth.me()));
  const isThere = { title, memberships: { some: { user: { username: people[owner].username } } } };
  if ((await db.room.count({ where: isThere })) > 0) return lines.length;
  const { roomId } = await callers[owner].groups.create({ title, userIds: users.map(({ id }) => id) });
  for (const caller of members.map((name) => callers[name])) {
    if ((await caller.rooms.get({ roomId })).request) await caller.contacts.accept({ roomId });
  }
  const seqs: number[] = [];
  for (const { by, body, answers, reactions = [] } of lines) {
    const replyToSeq = answers === undefined ? undefined : seqs[answers];
    const send = { roomId, clientId: uuidV4(), body, ...(replyToSeq !== undefined && { replyToSeq }) };
    const { seq } = await callers[by].messages.send(send);
    for (const [name, emoji] of reactions)
      await callers[name].messages.react({ roomId, seq, emoji, on: true });
    seqs.push(seq);
  }
  return lines.length;
};

try {
  const node = await openNode({ ...readEnv(), LOG_LEVEL: "silent" }, { join: true });
  try {
    const messages = await fill(node.runtime);
    console.log(`The demo is there: ${messages} messages in ${dialogues.length + 1} rooms.`);
    console.log(`Sign in as ada, bruno, carla or olga. Password: ${password}`);
  } finally {
    await node[Symbol.asyncDispose]();
  }
} catch (error) {
  exitWith(error);
}
