import { expect, it } from "vitest";
import { callerFor, newcomer } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { openPushes } from "~/test/pushes";

it("forgets a browser that is gone, and none for any other answer", async () => {
  await using pushes = await openPushes();
  const { node, service, subscribe, told } = pushes;
  const { roomId, asFirst, asSecond } = await openConversation(node);
  await subscribe(asSecond);
  for (const [status, outcome] of [
    [500, "refused"],
    [429, "refused"],
    [302, "refused"],
    [410, "gone"],
  ] as const) {
    service.status = status;
    expect(await asSecond.notifications.test()).toEqual({ outcome });
    await say(asFirst, roomId, "hola");
    await told();
  }
  await expect(asSecond.notifications.test()).rejects.toThrow("NOT_SUBSCRIBED");
});

it("goes on where a push service has hung up meanwhile", async () => {
  await using pushes = await openPushes();
  const { node, service, subscribe } = pushes;
  const { asSecond } = await openConversation(node);
  await subscribe(asSecond);
  service.hangsUp = true;
  for (let time = 0; time < 3; time++) {
    expect(await asSecond.notifications.test()).toEqual({ outcome: "accepted" });
  }
  expect(service.deliveries).toHaveLength(3);
});

it.each([
  "http://push.example.org/",
  "https://localhost/",
  "https://127.0.0.1/",
  "https://[::1]/",
  "https://[::ffff:10.0.0.1]/",
  "https://169.254.169.254/latest/meta-data",
  "https://user:password@push.example.org/",
  "ftp://push.example.org/",
  "push.example.org",
])("does not send anything to %s", async (endpoint) => {
  await using pushes = await openPushes();
  const { node, service } = pushes;
  const caller = await callerFor(node, await newcomer(node));
  const keys = service.subscribe();
  const subscribing = caller.notifications.subscribe({ ...keys, endpoint });
  if (endpoint === "https://localhost/") {
    // What a name stands for is seen when we connect.
    await subscribing;
    expect(await caller.notifications.test()).toEqual({ outcome: "unreachable" });
  } else await expect(subscribing).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
