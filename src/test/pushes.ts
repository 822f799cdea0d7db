import type { OwnedRuntime } from "~/server/create-runtime";
import type { PushPayload } from "~/shared/notifications";
import type { Caller } from "./cast";
import { openPushService, type PushService } from "./push-service";
import { testRuntime } from "./runtime";

/** A node, and the push service of the browsers that it calls. */
export interface Pushes extends AsyncDisposable {
  node: OwnedRuntime;
  service: PushService;
  /** Has this person's session be called there. */
  subscribe: (caller: Caller) => Promise<ReturnType<PushService["subscribe"]>>;
  /** What the browsers have been told so far, once a node has told everything that was said to it. */
  told: (by?: OwnedRuntime) => Promise<PushPayload[]>;
  /** The same, of messages the text alone. */
  bodies: () => Promise<string[]>;
}

export const openPushes = async (): Promise<Pushes> => {
  const service = await openPushService();
  const node = await testRuntime({ pushHosts: [service.host] });
  const told: Pushes["told"] = async (by = node) => {
    await by.notifier.flush();
    return service.deliveries.map(({ payload }) => payload);
  };
  return {
    node,
    service,
    subscribe: async (caller) => {
      const address = service.subscribe();
      await caller.notifications.subscribe(address);
      return address;
    },
    told,
    bodies: async () =>
      (await told()).map((payload) => (payload.type === "message" ? payload.body : payload.type)),
    [Symbol.asyncDispose]: async () => {
      await node[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
    },
  };
};
