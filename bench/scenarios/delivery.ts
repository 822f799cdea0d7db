import type { FanOutResult } from "../generator/fan-out";
import type { SendsResult } from "../generator/sends";
import { addWrong, type Scenario } from "../scenario";
import { seedGroups } from "../seed";

const [rooms, readers] = [10, 50];

/** First as fast as acknowledgements let everybody write; then half of that, for as many minutes as asked. */
export const delivery: Scenario = {
  id: "delivery",
  what: "time from a sender's frame to a reader's, at half of the highest load",
  run: async ({ installation, isQuick, minutes, log }) => {
    const [fast, steady] = [
      await seedGroups(installation, rooms, readers),
      await seedGroups(installation, rooms, readers),
    ];
    const chat = await installation.startChat();
    const highest = await installation.ask<SendsResult>({
      task: "sends",
      serverPid: chat.pid,
      url: chat.ws,
      rooms: fast.map(({ roomId, cookies }) => ({ roomId, cookies, readers })),
      warmSeconds: isQuick ? 3 : 10,
      seconds: isQuick ? 5 : 15,
    });
    const half = await installation.ask<FanOutResult>({
      task: "fanOut",
      kind: "charla",
      serverPid: chat.pid,
      url: chat.ws,
      rooms: steady,
      rate: highest.perSecond / 2 / rooms,
      warmSeconds: isQuick ? 3 : 10,
      seconds: isQuick ? 8 : 60,
      times: isQuick ? 1 : minutes,
    });
    log(
      `highest load: ${Math.round(highest.perSecond)} sends, ${Math.round(highest.perSecond * readers)} deliveries a second`,
    );
    for (const { p50, p99, rss } of half.slices) {
      log(`p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${Math.round(rss / 1024 ** 2)} MB in memory`);
    }
    const [first, last] = [half.slices[0], half.slices.at(-1)];
    const { p50, p99 } = half.latencies;
    const perDelivery = (half.cpuMs * 1_000) / half.delivered;
    return {
      rows: [
        {
          name: `delivery at half load, ${rooms}×${readers}: p99; p50`,
          value: p99,
          unit: "ms",
          baseline: p50,
          goal: { ratio: 5, isAtMost: true },
          latency: half.latencies,
          wrong: addWrong(highest.wrong, half.wrong),
          detail: `${Math.round(half.sends / half.seconds)} sends/s; CPU for 1,000 deliveries ${perDelivery.toFixed(1)} ms; p50 first ${first?.p50.toFixed(1)}, last ${last?.p50.toFixed(1)} ms`,
        },
      ],
    };
  },
};
