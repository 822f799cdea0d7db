import { EnvError } from "~/env";
import { StartError } from "./infra/start-error";

/** What is done by then is done: whoever supervises us kills after ten seconds. */
const shutdownMs = 9_500;

/** Ends the process. What its keeper can put right is a line on standard error; anything else is a stack. */
export const exitWith = (error: unknown): never => {
  const isExpected = error instanceof StartError || error instanceof EnvError;
  const text = error instanceof Error && !isExpected ? error.stack : undefined;
  process.stderr.write(`${text ?? (isExpected ? error.message : String(error))}\n`);
  process.exit(1);
};

/** Runs a server as this process: `start` resolves to what stops it, which SIGTERM and Ctrl-C call. */
export const runAsProcess = async (start: () => Promise<() => Promise<void>>): Promise<void> => {
  const stop = await start().catch(exitWith);
  let isStopping = false;
  const shutDown = async () => {
    // A terminal's Ctrl-C comes twice: from the terminal, and from npm.
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), shutdownMs).unref();
    await stop().catch(exitWith);
    process.exit(0);
  };
  process.on("SIGTERM", shutDown);
  process.on("SIGINT", shutDown);
};
