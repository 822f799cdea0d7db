"use client";

import { useState } from "react";
import type { WorkerMessage } from "~/browser/calls";
import type { PushOutcome } from "~/shared/notifications";
import { trpc } from "~/trpc/react";
import { asRouterError, useErrorText } from "~/trpc/use-error-text";
import { subscribeToPush } from "./push-subscription";

/** By then a push service has delivered what it delivers at once. Milliseconds. */
const arrivalMs = 10_000;

/** Resolves when the service worker says that a test has come. */
const untilArrived = (signal: AbortSignal): Promise<"arrived"> =>
  new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<WorkerMessage>): void => {
      if (data.type === "tested") resolve("arrived");
    };
    navigator.serviceWorker.addEventListener("message", listen, { signal });
  });

const untilLate = (): Promise<"late"> => new Promise((resolve) => setTimeout(resolve, arrivalMs, "late"));

/** How far a test has come. `late`: the push service has it, and the browser has not got it yet. */
type Progress =
  | { state: "running" | "sent" | "arrived" | "late" | "refused" | "unreachable" }
  | { state: "failed"; reason: string };

/** Sends this device a notification the way that those of messages take, and says what becomes of it. */
export const usePushTest = () => {
  const { client } = trpc.useUtils();
  const errorText = useErrorText();
  const [progress, setProgress] = useState<Progress>();

  const ask = (): Promise<PushOutcome> =>
    client.notifications.test.mutate().then(
      ({ outcome }) => outcome,
      (error: unknown) => {
        if (asRouterError(error)?.data?.reason === "NOT_SUBSCRIBED") return "gone";
        throw error;
      },
    );
  const send = async (): Promise<PushOutcome> => {
    const outcome = await ask();
    // The server does not know this browser any more: now it does again.
    return outcome === "gone" && (await subscribeToPush(client)) ? ask() : outcome;
  };
  const run = async (): Promise<void> => {
    const over = new AbortController();
    const arrived = untilArrived(over.signal);
    setProgress({ state: "running" });
    try {
      const outcome = await send();
      if (outcome !== "accepted") return setProgress({ state: outcome === "gone" ? "refused" : outcome });
      setProgress({ state: "sent" });
      setProgress({ state: await Promise.race([arrived, untilLate()]) });
    } catch (error) {
      setProgress({ state: "failed", reason: errorText(error) });
    } finally {
      over.abort();
    }
  };
  return { progress, run };
};
