import { memoryOf } from "./inspector";
import type { Installation } from "./installation";
import { seedGroup, seedPeople } from "./seed";

const membersPerRoom = 50;
const inspectorPort = 4_699;

export interface SocketsMemory {
  sockets: number;
  /** Kilobytes that the process has taken for all of them. */
  rss: number;
  /** Of these, what live objects take. */
  heap: number;
}

/** People in rooms of fifty, each of whom is to open a socket that listens to their room. */
const seedListeners = async (installation: Installation, count: number) => {
  const { ids, cookies } = await seedPeople(installation, count);
  const people: { cookie: string; roomId: string }[] = [];
  for (let start = 0; start < count; start += membersPerRoom) {
    const roomId = await seedGroup(installation, ids.slice(start, start + membersPerRoom));
    for (const cookie of cookies.slice(start, start + membersPerRoom)) people.push({ cookie, roomId });
  }
  return people;
};

/**
 * What so many sockets take that are signed in and listen to a room, and then so many, in processes that are begun for
 * it: sockets of nothing but `ws` first, then the chat's. After garbage collections each time.
 */
export const measureSocketsMemory = async (
  installation: Installation,
  steps: number[],
): Promise<{ ours: SocketsMemory[]; bare: SocketsMemory[] }> => {
  const nodeArgs = [`--inspect=127.0.0.1:${inspectorPort}`];
  const people = await seedListeners(installation, steps.at(-1) ?? 0);
  const measure = async (url: string, isBare: boolean): Promise<SocketsMemory[]> => {
    const before = await memoryOf(inspectorPort);
    const found: SocketsMemory[] = [];
    let open = 0;
    for (const sockets of steps) {
      await installation.ask({ task: "idle", url, isBare, people: people.slice(open, sockets) });
      open = sockets;
      const now = await memoryOf(inspectorPort);
      found.push({
        sockets,
        rss: (now.rss - before.rss) / 1_024,
        heap: (now.heapUsed - before.heapUsed) / 1_024,
      });
    }
    await installation.ask({ task: "closeIdle" });
    return found;
  };
  const bare = await measure((await installation.startBare(nodeArgs)).ws, true);
  await installation.stopBare();
  const ours = await measure((await installation.startChat({ nodeArgs })).ws, false);
  return { ours, bare };
};
