import { randomUUID } from "node:crypto";
import type { Runtime } from "~/server/runtime";
import { callerFor, newcomer } from "./cast";

const stranger = async (node: Runtime) => {
  const member = await newcomer(node);
  const api = await callerFor(node, member);
  const send = (roomId: string, body = "Hola") => api.messages.send({ roomId, clientId: randomUUID(), body });
  return { ...member, api, send };
};

/** Three new people who have not met; Olga stays the outsider. */
export const strangers = async (node: Runtime) => {
  const [dora, elena, olga] = await Promise.all([stranger(node), stranger(node), stranger(node)]);
  return { dora, elena, olga };
};

/** Watches somebody's rights, as their live streams do: `told` resolves at the next change. */
export const watchRights = async (node: Runtime, userId: string): Promise<{ told: Promise<void> }> => {
  let onChange = () => {};
  const told = new Promise<void>((resolve) => {
    onChange = resolve;
  });
  await node.accounts.watch(userId, onChange);
  return { told };
};
