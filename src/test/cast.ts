import { randomBytes, randomInt } from "node:crypto";
import { toUser, userSelect } from "~/server/auth/access";
import { hashPassword } from "~/server/auth/password";
import { searchNameOf } from "~/server/auth/profile";
import type { Runtime } from "~/server/runtime";
import { createContext } from "~/server/trpc/context";
import { createCaller } from "~/server/trpc/root";
import type { User } from "~/shared/users";

/** Somebody with an account and a session, whatever the node they come through. */
export interface Member {
  user: User;
  password: string;
  /** The `Cookie` header of their session. */
  cookie: string;
}

export type Caller = ReturnType<typeof createCaller>;

/** The people of tests and of the demo. Olga is the outsider: in nobody's rooms, on nobody's list. */
export const people = {
  ada: { username: "ada", displayName: "Ada Lovelace" },
  bruno: { username: "bruno", displayName: "Bruno Díaz" },
  carla: { username: "carla", displayName: "Carla Núñez" },
  olga: { username: "olga", displayName: "Olga Ortiz" },
} as const;

export type Name = keyof typeof people;

/** An address of its own for each call, so that limits on addresses are only met by tests that mean to. */
const anyAddress = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

/** Every procedure, called as this person through this node; without a person, as somebody who is signed out. */
export const callerFor = async (node: Runtime, member?: Member): Promise<Caller> => {
  const request = { ip: anyAddress(), userAgent: "test", cookie: member?.cookie, authorization: undefined };
  return createCaller(await createContext(node, request));
};

/** Registers somebody, through the procedure that everybody uses. */
export const register = async (
  node: Runtime,
  { username, displayName }: { username: string; displayName: string },
): Promise<Member> => {
  const password = randomBytes(12).toString("hex");
  let cookie = "";
  const request = { ip: anyAddress(), userAgent: "test", cookie: undefined, authorization: undefined };
  const context = await createContext(node, request, {
    setCookie: (header) => {
      cookie = header.split(";")[0] ?? "";
    },
  });
  const { user } = await createCaller(context).auth.register({ username, displayName, password });
  return { user, password, cookie };
};

const newcomersPassword = "the password of every newcomer";
let newcomersHash: Promise<string> | undefined;

/**
 * Somebody nobody has met, signed in, made without the work of a password. Their name is digits, since random letters spell
 * the names that tests look for.
 */
export const newcomer = async ({ db, sessions }: Runtime): Promise<Member> => {
  newcomersHash ??= hashPassword(newcomersPassword);
  const username = `new-${randomInt(2 ** 47)}`;
  const searchName = searchNameOf(username, username);
  const data = { username, displayName: username, searchName, passwordHash: await newcomersHash };
  const user = toUser(await db.user.create({ data, select: userSelect }));
  const token = await sessions.create(db, user.id, { ip: anyAddress(), userAgent: "test" });
  const cookie = sessions.cookieFor(token).split(";")[0] ?? "";
  return { user, password: newcomersPassword, cookie };
};

/** An access token of somebody's session, and the session's id. */
export const tokenOf = async (
  { sessions, tokens }: Runtime,
  { user, cookie }: Member,
): Promise<{ token: string; sessionId: string }> => {
  const session = await sessions.validate(cookie.split("=")[1] ?? "");
  if (!session) throw new Error("they are not signed in any more");
  const { sessionId } = session;
  return { token: await tokens.signAccess(user.id, sessionId), sessionId };
};

const registered = new Map<Name, Promise<Member>>();

/** One of the cast, the same person throughout a test file. */
export const member = (node: Runtime, name: Name): Promise<Member> => {
  const known = registered.get(name) ?? register(node, people[name]);
  registered.set(name, known);
  return known;
};
