import { describe, expect, expectTypeOf, it } from "vitest";
import type { RouterOutputs } from "~/server/trpc/root";
import { callerFor, member, newcomer, register } from "~/test/cast";
import { invalidInput, refusal } from "~/test/refusal";
import { testRuntime } from "~/test/runtime";

describe("contacts.search", () => {
  it.each([
    ["part of a name", "ovelac", ["ada"]],
    ["a username", "bruno", ["bruno"]],
    ["any case", "CARLA", ["carla"]],
    ["a name without its accents", "nunez", ["carla"]],
    ["accents that the name does not have", "Lövelàce", ["ada"]],
    ["a mention", "@ada", ["ada"]],
    ["several words in any order", "lace  ada", ["ada"]],
    ["words of which one fits nobody", "ada díaz", []],
    ["a wildcard of LIKE", "%", []],
    ["another", "_da", []],
    ["an escape", "a\\", []],
    ["nothing but a mark", "\u0301", []],
  ])("finds people by %s: %s", async (_, query, usernames) => {
    await using node = await testRuntime();
    const [olga] = await Promise.all(
      (["olga", "ada", "bruno", "carla"] as const).map((name) => member(node, name)),
    );
    const found = await (await callerFor(node, olga)).contacts.search({ query });
    expect(found.map(({ username }) => username)).toEqual(usernames);
  });

  it("puts the very username first, then usernames and then names that begin so, then the rest by name", async () => {
    await using node = await testRuntime();
    const people = [
      { username: "zoe", displayName: "Zora" },
      { username: "zoe.b", displayName: "Yago" },
      { username: "zoe.a", displayName: "Xenia" },
      { username: "somebody", displayName: "Zoe Zoilo" },
      { username: "other", displayName: "Wanda Zoe" },
    ];
    await Promise.all(people.map((person) => register(node, person)));
    const { contacts } = await callerFor(node, await newcomer(node));
    const found = await contacts.search({ query: "zoe" });
    expect(found.map(({ username }) => username)).toEqual(["zoe", "zoe.a", "zoe.b", "somebody", "other"]);
    expect(await contacts.search({ query: "zoe", limit: 2 })).toHaveLength(2);
  });

  it("says how they stand to me, and nothing else of them", async () => {
    await using node = await testRuntime();
    const [carla, ada, bruno] = [
      await newcomer(node),
      await member(node, "ada"),
      await member(node, "bruno"),
    ];
    const { contacts } = await callerFor(node, carla);
    await contacts.add({ username: "ada" });
    await contacts.block({ userId: bruno.user.id });
    expect(await contacts.search({ query: "ada" })).toEqual([
      { ...ada.user, isContact: true, blockedByMe: false },
    ]);
    expect(await contacts.search({ query: "bruno" })).toEqual([
      { ...bruno.user, isContact: false, blockedByMe: true },
    ]);
    expectTypeOf<RouterOutputs["contacts"]["search"][number]>().toEqualTypeOf<{
      id: string;
      username: string;
      displayName: string;
      pictureId: string | null;
      profileRev: number;
      deleted: boolean;
      isContact: boolean;
      blockedByMe: boolean;
    }>();
  });

  it("never finds myself, nor somebody who blocked me, as long as they do", async () => {
    await using node = await testRuntime();
    const [dora, elena] = [await newcomer(node), await newcomer(node)];
    const [doraApi, elenaApi] = [await callerFor(node, dora), await callerFor(node, elena)];
    const findElena = () => doraApi.contacts.search({ query: elena.user.username });
    expect(await doraApi.contacts.search({ query: dora.user.username })).toEqual([]);
    expect(await findElena()).toHaveLength(1);
    await elenaApi.contacts.block({ userId: dora.user.id });
    expect(await findElena()).toEqual([]);
    await elenaApi.contacts.unblock({ userId: dora.user.id });
    expect(await findElena()).toHaveLength(1);
  });

  it("uses the trigram index", async () => {
    await using node = await testRuntime();
    const plan = await node.db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRaw`EXPLAIN SELECT 1 FROM "User" u WHERE u."searchName" LIKE ${"%love%"}`;
    });
    expect(JSON.stringify(plan)).toContain("User_searchName_idx");
  });

  it.each([
    ["query", { query: "  " }, "queryEmpty"],
    ["query", { query: "x".repeat(65) }, "queryTooLong"],
    ["query", { query: "a\u0000" }, "queryControlCharacters"],
    ["query", { query: "\ud800" }, "queryControlCharacters"],
    ["limit", { query: "ada", limit: 51 }, undefined],
  ])("refuses a bad %s: %o", async (field, input, message) => {
    await using node = await testRuntime();
    const { contacts } = await callerFor(node, await member(node, "olga"));
    await expect(contacts.search(input)).rejects.toMatchObject(invalidInput(field, message));
  });

  it("is refused to somebody who is signed out", async () => {
    await using node = await testRuntime();
    const call = (await callerFor(node)).contacts.search({ query: "ada" });
    await expect(call).rejects.toMatchObject(refusal("NOT_SIGNED_IN"));
  });
});
