import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { TRPCClientError } from "@trpc/client";
import { makeRoom } from "../crowd";
import { Device, register } from "../person";
import type { Rig } from "../rig";
import type { Figure, Scenario, ScenarioInput } from "../scenario";

interface Answer {
  /** When the call was made. */
  at: number;
  ms: number;
  /** "ok", the reason of a refusal, or what else came. */
  what: string;
}

const absence = async (
  { rig, isShort }: ScenarioInput,
  { name, leave, come }: { name: string; leave: (rig: Rig) => void; come: (rig: Rig) => void },
): Promise<Figure[]> => {
  const author = await register(rig.urls);
  const roomId = await makeRoom(rig.urls.database, [author]);
  const doors = rig.direct.web.flatMap((http) =>
    [true, false].map((sendsBySocket) => new Device(author, { http, ws: rig.urls.ws }, { sendsBySocket })),
  );
  const answers: Answer[] = [];
  const calls: Promise<void>[] = [];
  const call = async (device: Device): Promise<void> => {
    const at = performance.now();
    const what = await device.api.messages.send
      .mutate({ roomId, clientId: randomUUID(), body: "hello" })
      .then(
        () => "ok",
        (error: unknown) =>
          error instanceof TRPCClientError ? (error.data?.reason ?? error.message) : String(error),
      );
    answers.push({ at, ms: performance.now() - at, what });
  };
  // Who has not signed in by then is told by a close code.
  await Promise.all(doors.map((device) => device.deliver(roomId, "before")));
  const timer = setInterval(() => calls.push(...doors.map(call)), 250);
  await sleep(1_000);
  leave(rig);
  await sleep(isShort ? 4_000 : 20_000);
  come(rig);
  const back = performance.now();
  await sleep(5_500);
  clearInterval(timer);
  await Promise.all(calls);
  await Promise.all(doors.map((device) => device.close()));
  const lastFailure = Math.max(back, ...answers.filter(({ what }) => what !== "ok").map(({ at }) => at));
  const untyped = answers.filter(({ what }) => what !== "ok" && what !== "UNAVAILABLE");
  if (untyped.length > 0) console.log("    ", [...new Set(untyped.map(({ what }) => what))]);
  return [
    {
      what: `${name}: ${answers.length} calls; slowest answer`,
      value: Math.max(...answers.map(({ ms }) => ms)),
      limit: 3_000,
      unit: "ms",
    },
    { what: "answers that were no typed error", value: untyped.length, limit: 0 },
    { what: "last refusal after it was back", value: lastFailure - back, limit: 5_000, unit: "ms" },
  ];
};

export const noPostgres: Scenario = {
  id: "R10",
  what: "PostgreSQL killed, and PostgreSQL frozen",
  inShort: true,
  run: async (input) => [
    ...(await absence(input, { name: "killed", leave: ({ postgres }) => postgres.kill(), come: () => {} })),
    ...(await absence(input, {
      name: "frozen",
      leave: ({ postgres }) => postgres.signal("SIGSTOP"),
      come: ({ postgres }) => postgres.signal("SIGCONT"),
    })),
  ],
};
