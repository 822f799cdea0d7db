import type { PagesResult } from "../generator/pages";
import { onlyRefused, type Row, type Scenario } from "../scenario";
import { seedGroup, seedHistory, seedPeople } from "../seed";

/** One room as it grows: a page in its middle, where no cache has it, against its newest page. */
export const history: Scenario = {
  id: "history",
  what: "a page of 50 messages at depth, in rooms of up to a million",
  run: async ({ installation, isQuick, log }) => {
    const rows: Row[] = [];
    const sizes = isQuick ? [100_000] : [10_000, 100_000, 1_000_000];
    for (const size of sizes) {
      const { ids, cookies } = await seedPeople(installation, 2);
      const roomId = await seedGroup(installation, ids);
      await seedHistory(installation, { roomId, authorId: ids[0] ?? "", count: size });
      const chat = await installation.startChat();
      const pageUrl = (before?: number) => {
        const input = JSON.stringify({ json: { roomId, ...(before && { before }) } });
        return `${chat.http}/api/trpc/messages.list?input=${encodeURIComponent(input)}`;
      };
      const depths = Array.from({ length: 500 }, () => 100 + Math.floor(Math.random() * (size - 200)));
      const read = (urls: string[]) =>
        installation.ask<PagesResult>({
          task: "pages",
          serverPid: chat.pid,
          urls,
          cookie: cookies[0] ?? "",
          connections: 4,
          warmSeconds: isQuick ? 3 : 5,
          seconds: isQuick ? 4 : 10,
        });
      const newest = await read([pageUrl()]);
      const deep = await read(depths.map(pageUrl));
      const messages = size.toLocaleString("en");
      log(
        `${messages} messages: ${Math.round(deep.perSecond)} pages a second, ${Math.round(deep.bytes / 1_024)} kB each`,
      );
      rows.push({
        name: `a page at depth, of ${messages} messages; the newest`,
        value: deep.ms.p50,
        unit: "ms",
        baseline: newest.ms.p50,
        goal: { ratio: 1.2, isAtMost: true },
        latency: deep.ms,
        wrong: onlyRefused(deep.refused + newest.refused),
      });
      rows.push({
        name: `pages at depth, of ${messages} messages`,
        value: 1_000_000 / deep.cpuMicros,
        unit: "/s a core",
        goal: { value: 1_000, isAtMost: false },
        detail: `${Math.round(deep.cpuMicros)} µs of CPU and ${Math.round(deep.bytes / 1_024)} kB each`,
      });
    }
    return { rows };
  },
};
