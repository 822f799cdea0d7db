import type { FanOutJob, FanOutResult } from "../generator/fan-out";
import type { PagesJob, PagesResult } from "../generator/pages";
import type { Installation } from "../installation";
import { addWrong, onlyRefused, type Row, type Scenario, type Wrong } from "../scenario";
import { seedGroup, seedGroups, seedHistory, seedPeople } from "../seed";
import { seedInbox } from "../seed-inbox";
import { measureSocketsMemory } from "../sockets-memory";
import { fitLine, growthExponent, type Point } from "../statistics";
import { figure } from "../table";

/** What was measured at each size, and what of it was wrong. */
interface Sizes {
  points: Point[];
  wrong?: Wrong;
}

interface Measure {
  name: string;
  /** Of y. */
  unit: string;
  /** What x counts. */
  each: string;
  /** No more than with this power of x. */
  goal: number;
  at: (installation: Installation, isQuick: boolean) => Promise<Sizes>;
}

const askFor = async (
  installation: Installation,
  isQuick: boolean,
  request: Pick<PagesJob, "serverPid" | "urls" | "cookie">,
): Promise<PagesResult> =>
  installation.ask<PagesResult>({
    task: "pages",
    connections: 1,
    warmSeconds: isQuick ? 1 : 3,
    seconds: isQuick ? 2 : 6,
    ...request,
  });

const deliveriesPerSecond = 20_000;

const fanOutByMembers: Measure["at"] = async (installation, isQuick) => {
  const points: Point[] = [];
  const wrong: Wrong[] = [];
  for (const members of [100, 300, 1_000]) {
    const rooms = await seedGroups(installation, 1, members);
    const chat = await installation.startChat();
    const found = await installation.ask<FanOutResult>({
      task: "fanOut",
      kind: "charla",
      serverPid: chat.pid,
      url: chat.ws,
      rooms,
      rate: deliveriesPerSecond / members,
      warmSeconds: isQuick ? 2 : 6,
      seconds: isQuick ? 2 : 8,
    } satisfies FanOutJob);
    points.push({ x: members, y: found.cpuMs / found.sends });
    wrong.push(found.wrong);
  }
  return { points, wrong: addWrong(...wrong) };
};

const pageByDepth: Measure["at"] = async (installation, isQuick) => {
  const depths = isQuick ? [100, 1_000, 10_000] : [100, 3_000, 100_000];
  const size = Math.round((depths.at(-1) ?? 0) * 1.2);
  const { ids, cookies } = await seedPeople(installation, 2);
  const roomId = await seedGroup(installation, ids);
  await seedHistory(installation, { roomId, authorId: ids[0] ?? "", count: size });
  const chat = await installation.startChat();
  const urlAt = (before: number) => {
    const input = JSON.stringify({ json: { roomId, before } });
    return `${chat.http}/api/trpc/messages.list?input=${encodeURIComponent(input)}`;
  };
  const points: Point[] = [];
  let refused = 0;
  for (const depth of depths) {
    const urls = Array.from({ length: 100 }, () =>
      urlAt(Math.round(size - depth * (1 + Math.random() / 10))),
    );
    const found = await askFor(installation, isQuick, {
      urls,
      serverPid: chat.pid,
      cookie: cookies[0] ?? "",
    });
    points.push({ x: depth, y: found.ms.p50 });
    refused += found.refused;
  }
  return { points, wrong: onlyRefused(refused) };
};

const listByRooms: Measure["at"] = async (installation, isQuick) => {
  const points: Point[] = [];
  let refused = 0;
  for (const rooms of [10, 100, 1_000]) {
    const { cookie } = await seedInbox(installation, { rooms, messages: 10 });
    const chat = await installation.startChat();
    const input = encodeURIComponent(JSON.stringify({ json: {} }));
    const found = await askFor(installation, isQuick, {
      urls: [`${chat.http}/api/trpc/rooms.list?input=${input}`],
      serverPid: chat.pid,
      cookie,
    });
    points.push({ x: rooms, y: found.ms.p50 });
    refused += found.refused;
  }
  return { points, wrong: onlyRefused(refused) };
};

const memoryBySockets: Measure["at"] = async (installation, isQuick) => {
  const { ours } = await measureSocketsMemory(
    installation,
    isQuick ? [250, 500, 1_000] : [500, 1_000, 2_000],
  );
  return { points: ours.map(({ sockets, heap }) => ({ x: sockets, y: heap })) };
};

const measures: Measure[] = [
  {
    name: "CPU of a message, by the members who read it",
    unit: "ms",
    each: "member",
    goal: 1.1,
    at: fanOutByMembers,
  },
  { name: "a page of history, by its depth", unit: "ms", each: "message", goal: 0.1, at: pageByDepth },
  { name: "the first page of the room list, by rooms", unit: "ms", each: "room", goal: 1, at: listByRooms },
  { name: "the heap, by open sockets", unit: "kB", each: "socket", goal: 1.1, at: memoryBySockets },
];

export const growth: Scenario = {
  id: "growth",
  what: "how cost grows: each at three sizes, with the power of the size that fits them best",
  run: async ({ installation, isQuick, log }) => {
    const rows: Row[] = [];
    for (const { name, unit, each, goal, at } of measures) {
      const { points, wrong } = await at(installation, isQuick);
      const { slope } = fitLine(points);
      const exponent = growthExponent(points);
      const sizes = points.map(({ x, y }) => `${figure(y)} ${unit} at ${figure(x)}`).join(", ");
      log(
        `${name}: ${sizes}; ${figure(slope)} ${unit} each ${each} more, as its power ${exponent.toFixed(2)}`,
      );
      rows.push({
        name: `growth of ${name}: exponent`,
        value: exponent,
        unit: "",
        goal: { value: goal, isAtMost: true },
        ...(wrong && { wrong }),
        detail: `${sizes}; slope ${figure(slope)} ${unit} each ${each}`,
      });
    }
    return { rows };
  },
};
