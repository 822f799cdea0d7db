import { once } from "node:events";
import type { Server } from "node:http";
import { Server as TcpServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { StartError } from "./infra/start-error";

/**
 * Listens, on every interface if `host` is undefined, and resolves to the port.
 *
 * @param variable the setting that names the port, for the error's text
 */
export const listen = async (
  server: Server,
  { port, host, variable }: { port: number; host: string | undefined; variable: string },
): Promise<number> => {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    if (code === "EADDRINUSE") throw new StartError(`${variable}: port ${port} is taken; choose another`);
    throw new StartError(`${variable}, HOST: cannot listen on ${host ?? "*"}:${port} (${code})`);
  }
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
};

/**
 * Stops listening and resolves when every connection has had its last answer, or is cut after `graceMs`. Sockets that
 * were upgraded are not its to close. HTTP's own `close` hangs up on idle connections at once, also when a request is on
 * its way on one: here the next answer ends them.
 */
export const close = async (server: Server, graceMs: number): Promise<void> => {
  const closed = new Promise<void>((resolve) => TcpServer.prototype.close.call(server, () => resolve()));
  server.prependListener("request", (_, response) => response.setHeader("Connection", "close"));
  await Promise.race([closed, delay(graceMs, undefined, { ref: false })]);
  server.closeAllConnections();
};
