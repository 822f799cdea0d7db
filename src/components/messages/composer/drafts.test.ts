import { beforeEach, expect, it, vi } from "vitest";

const key = "charla:draft:room";
const stored = new Map<string, string>();

/** The part of the browser's storage that drafts use. */
const storage = {
  getItem: (name: string) => stored.get(name) ?? null,
  setItem: (name: string, value: string) => void stored.set(name, value),
  removeItem: (name: string) => void stored.delete(name),
};

/** The module as a page that has just been loaded has it. */
const load = async () => {
  vi.resetModules();
  return import("./drafts");
};

beforeEach(() => {
  stored.clear();
  vi.stubGlobal("localStorage", storage);
});

it("keeps what is changed, and nothing of an empty draft", async () => {
  const { changeDraft } = await load();
  changeDraft("room", { text: "hola" });
  changeDraft("room", { aim: { type: "reply", seq: 3 } });
  expect(JSON.parse(stored.get(key) ?? "")).toEqual({ text: "hola", aim: { type: "reply", seq: 3 } });
  changeDraft("room", { text: "" });
  expect(stored.has(key)).toBe(true);
  changeDraft("room", { aim: { type: "message" } });
  expect(stored.has(key)).toBe(false);
});

it.each([
  ["un texto de antes", "un texto de antes y más", { type: "message" }],
  ["[1,2]", "[1,2] y más", { type: "message" }],
  ['{"text":"hola","aim":{"type":"reply","seq":-1}}', "hola y más", { type: "message" }],
  ['{"text":"hola","aim":{"type":"edit","seq":2}}', "hola y más", { type: "message" }],
  ['{"text":"hola","aim":{"type":"reply","seq":2}}', "hola y más", { type: "reply", seq: 2 }],
])("goes on from %j", async (before, text, aim) => {
  stored.set(key, before);
  const { changeDraft, draftOf } = await load();
  changeDraft("room", { text: `${draftOf("room").text} y más` });
  expect(JSON.parse(stored.get(key) ?? "")).toEqual({ text, aim });
});

it("stores the words of what was sent until they are kept elsewhere", async () => {
  const { changeDraft, draftOf, sendDraft } = await load();
  changeDraft("room", { text: "uno" });
  let keep = () => {};
  const kept = new Promise<void>((resolve) => {
    keep = resolve;
  });
  const sending = sendDraft("room", kept);
  expect(draftOf("room").text).toBe("");
  expect(stored.get(key)).toContain("uno");
  changeDraft("room", { text: "dos" });
  keep();
  await sending;
  expect(stored.get(key)).toContain("dos");
  await sendDraft("room", Promise.resolve());
  expect(stored.has(key)).toBe(false);
});
