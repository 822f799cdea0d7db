import { expect, it, vi } from "vitest";
import { callerFor, newcomer } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { openPushes } from "~/test/pushes";
import { testRuntime } from "~/test/runtime";

const later = () => new Date(Date.now() + 3_600_000);

it("calls a browser for whoever signed in to it last, and for nobody once that session has ended", async () => {
  await using pushes = await openPushes();
  const { node, subscribe, told } = pushes;
  const { roomId, asFirst, asSecond, second } = await openConversation(node);
  const asThird = await callerFor(node, await newcomer(node));
  const address = await subscribe(asThird);
  await asSecond.notifications.subscribe(address);
  await asSecond.notifications.subscribe(address);
  await say(asFirst, roomId, "for the second");
  expect(await told()).toHaveLength(1);
  await expect(asThird.notifications.test()).rejects.toThrow("NOT_SUBSCRIBED");

  await (await callerFor(node, second)).auth.signOut();
  await say(asFirst, roomId, "for nobody");
  expect(await told()).toHaveLength(1);
  expect(await node.db.pushSubscription.count({ where: { endpoint: address.endpoint } })).toBe(0);
});

it("stops calling a browser that has unsubscribed", async () => {
  await using pushes = await openPushes();
  const { node, subscribe, told } = pushes;
  const { roomId, asFirst, asSecond } = await openConversation(node);
  await subscribe(asSecond);
  await asSecond.notifications.unsubscribe();
  await say(asFirst, roomId, "hola");
  expect(await told()).toEqual([]);
});

it("tells a person's pages until when they are not to be disturbed, on every node", async () => {
  await using pushes = await openPushes();
  const { node } = pushes;
  const member = await newcomer(node);
  const caller = await callerFor(node, member);
  await using other = await testRuntime();
  const elsewhere = await callerFor(other, member);
  const heard: (Date | null)[] = [];
  const stream = await elsewhere.notifications.onAttention({ looking: false });
  const until = later();
  const listening = (async () => {
    for await (const state of stream) {
      heard.push(state.until);
      if (state.until) break;
    }
  })();
  await vi.waitFor(() => expect(heard).toEqual([null]));
  await caller.notifications.setDoNotDisturb({ until });
  await listening;
  expect(heard).toEqual([null, until]);
  expect(await caller.notifications.doNotDisturb()).toEqual({ until });
});
