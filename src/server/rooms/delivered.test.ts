import { afterAll, beforeAll, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { newcomer } from "~/test/cast";
import { testRuntime } from "~/test/runtime";
import type { View } from "./access";
import { moveDelivered } from "./delivered";

let node: OwnedRuntime;
let views: View[];

beforeAll(async () => {
  node = await testRuntime();
  const { user } = await newcomer(node);
  const rooms = Array.from({ length: 40 }, () => ({ kind: "GROUP" as const }));
  const made = await node.db.room.createManyAndReturn({ data: rooms, select: { id: true } });
  views = made.map(({ id }) => ({ userId: user.id, roomId: id }));
  await node.db.membership.createMany({ data: views });
});
afterAll(() => node[Symbol.asyncDispose]());

const seqs = async (): Promise<number[]> => {
  const rows = await node.db.membership.findMany({ where: { OR: views } });
  return rows.map(({ lastDeliveredSeq }) => lastDeliveredSeq);
};

it("moves receipts on, says which, and takes none back", async () => {
  const [first, second] = views.map((view) => ({ ...view, seq: 3 }));
  if (!first || !second) throw new Error("no rooms");
  expect(await moveDelivered(node.db, [first])).toEqual([views[0]]);
  expect(await moveDelivered(node.db, [{ ...first, seq: 2 }, second])).toEqual([views[1]]);
  expect((await seqs()).filter((seq) => seq === 3)).toHaveLength(2);
});

it("lets those who tell of the same rooms in other orders through", async () => {
  const rounds = 60;
  const tell = (seq: number) => {
    const inOrder = views.map((view) => ({ ...view, seq }));
    return moveDelivered(node.db, seq % 2 === 0 ? inOrder : inOrder.reverse());
  };
  await Promise.all(Array.from({ length: rounds }, (_, round) => tell(10 + round)));
  expect(new Set(await seqs())).toEqual(new Set([9 + rounds]));
});
