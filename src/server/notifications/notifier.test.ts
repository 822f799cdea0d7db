import { expect, it, vi } from "vitest";
import { callerFor } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { openPushes } from "~/test/pushes";
import { testRuntime } from "~/test/runtime";

it("is done by the node that stored the message, and by no other", async () => {
  await using pushes = await openPushes();
  const { node, service, subscribe, told } = pushes;
  const { roomId, first, asSecond } = await openConversation(node);
  await subscribe(asSecond);
  await using other = await testRuntime({ pushHosts: [service.host] });
  await say(await callerFor(other, first), roomId, "through the other");
  await node.notifier.flush();
  expect(service.deliveries).toEqual([]);
  expect(await told(other)).toHaveLength(1);
});

it("does not tell of a message twice, however often it is sent", async () => {
  await using pushes = await openPushes();
  const { node, subscribe, told } = pushes;
  const { roomId, asFirst, asSecond } = await openConversation(node);
  await subscribe(asSecond);
  const send = { roomId, clientId: crypto.randomUUID(), body: "once" };
  await asFirst.messages.send(send);
  expect(await told()).toHaveLength(1);
  await asFirst.messages.send(send);
  expect(await told()).toHaveLength(1);
});

it("is not held up by a push service that does not answer", async () => {
  await using pushes = await openPushes();
  const { node, service, subscribe } = pushes;
  const { roomId, asFirst, asSecond } = await openConversation(node);
  await subscribe(asSecond);
  service.status = undefined;
  await say(asFirst, roomId, "nobody answers");
  void node.notifier.flush();
  await vi.waitFor(() => expect(service.deliveries).toHaveLength(1));
  service.status = 201;
  await say(asFirst, roomId, "and the next");
  void node.notifier.flush();
  await vi.waitFor(() => expect(service.deliveries).toHaveLength(2));
});
