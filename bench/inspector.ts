import { once } from "node:events";
import { WebSocket } from "ws";

export interface Memory {
  rss: number;
  heapUsed: number;
}

/** What a process that was started with `--inspect=<port>` keeps in memory once its garbage is gone. */
export const memoryOf = async (port: number): Promise<Memory> => {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as [
    { webSocketDebuggerUrl: string },
  ];
  const ws = new WebSocket(target.webSocketDebuggerUrl);
  await once(ws, "open");
  const ask = async (
    id: number,
    method: string,
    params: object = {},
  ): Promise<{ result?: { value?: Memory } }> => {
    ws.send(JSON.stringify({ id, method, params }));
    for (;;) {
      const [data] = await once(ws, "message");
      const answer = JSON.parse(String(data));
      if (answer.id === id) return answer.result;
    }
  };
  for (const id of [1, 2, 3]) await ask(id, "HeapProfiler.collectGarbage");
  const expression = "process.memoryUsage()";
  const { result } = await ask(4, "Runtime.evaluate", { expression, returnByValue: true });
  ws.terminate();
  if (!result?.value) throw new Error("the inspector did not answer");
  return result.value;
};
