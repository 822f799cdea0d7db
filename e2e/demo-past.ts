import { randomUUID } from "node:crypto";
import { foldForSearch } from "~/shared/fold-for-search";
import { upload } from "./attach";
import { openDatabase } from "./database";
import { demoFile, group, momentOf, type Talk } from "./demo";
import type { Person } from "./person";

/** The two have their talk through the API. Resolves to when each message is to have been said, by its id. */
export const haveTalk = async (
  me: Person,
  them: Person,
  talk: Talk,
  answered: boolean,
): Promise<Map<string, Date>> => {
  const { lines, unread = 0 } = talk;
  const { roomId } = await them.api.contacts.add.mutate({ username: me.username });
  if (answered) await me.api.contacts.add.mutate({ username: them.username });
  const said = new Map<string, Date>();
  for (const line of lines) {
    const { api } = line.from === "me" ? me : them;
    const { id } = await api.messages.send.mutate({ roomId, clientId: randomUUID(), body: line.says });
    said.set(id, momentOf(line));
  }
  if (answered) await me.api.rooms.markRead.mutate({ roomId, seq: lines.length - unread });
  await them.api.rooms.markRead.mutate({ roomId, seq: lines.length });
  return said;
};

/** All of them have their talk in the group that I open. Resolves like {@link haveTalk}. */
export const haveGroupTalk = async (me: Person, others: Person[]): Promise<Map<string, Date>> => {
  const members = others.filter(({ name }) => group.members.includes(name));
  const users = await Promise.all(members.map(({ api }) => api.auth.me.query()));
  const userIds = users.map(({ id }) => id);
  const { roomId } = await me.api.groups.create.mutate({ title: group.title, userIds });
  const personOf = (from: string) => members.find(({ name }) => name === from) ?? me;
  const said = new Map<string, Date>();
  const seqs: number[] = [];
  for (const { from, says: body, answers, files = [], reactions = [], ...line } of group.lines) {
    const replyToSeq = answers === undefined ? undefined : seqs[answers];
    const attachmentIds = await upload(personOf(from), roomId, await Promise.all(files.map(demoFile)));
    const { id, seq } = await personOf(from).api.messages.send.mutate({
      roomId,
      clientId: randomUUID(),
      body,
      attachmentIds,
      ...(replyToSeq !== undefined && { replyToSeq }),
    });
    for (const [who, emoji] of reactions) {
      await personOf(who).api.messages.react.mutate({ roomId, seq, emoji, on: true });
    }
    said.set(id, momentOf(line));
    seqs.push(seq);
  }
  await me.api.rooms.markRead.mutate({ roomId, seq: seqs.at(-1) ?? 0 });
  return said;
};

/** What only the database can do: moves messages to their moment, and gives people names that one would choose. */
export const makeBelievable = async (said: Map<string, Date>, people: Person[]): Promise<void> => {
  await using database = await openDatabase();
  const { db } = database;
  for (const [id, createdAt] of said) {
    const { author } = await db.message.update({
      where: { id },
      data: { createdAt },
      include: { author: true },
    });
    await db.user.update({ where: { id: author.id }, data: { lastSeenAt: createdAt } });
  }
  for (const { name, username } of people) {
    const chosen = foldForSearch(name).replaceAll(" ", ".");
    await db.user.update({ where: { username }, data: { username: chosen } });
  }
};
