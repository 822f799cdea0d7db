import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { voiceMaxPeaks, voiceMaxSeconds } from "~/shared/limits";
import { openConversation } from "~/test/conversation";
import { logIn } from "~/test/rest";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { begin, post, type TestFile, textFile, upload } from "~/test/uploads";

let node: OwnedRuntime;
let server: TestServer;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

const voice = { durationMs: 2_340, peaks: [0, 12, 100, 40] };

/** The head of a WebM: what a browser's recorder begins with, whether it has pictures or not. */
const webm = (type: string): TestFile => ({
  name: "voice.webm",
  type,
  bytes: Buffer.from("1a45dfa3874282847765626d", "hex"),
  voice: JSON.stringify(voice),
});

const scene = async () => {
  const { roomId, first, asFirst, asSecond } = await openConversation(node);
  const send = (id: string) =>
    asFirst.messages.send({ roomId, clientId: randomUUID(), body: "", attachmentIds: [id] });
  return { roomId, first: { origin: server.origin, member: first }, send, asSecond };
};

it("reaches its readers with its length and how loud it is", async () => {
  const { roomId, first, send, asSecond } = await scene();
  const sent = await send(await upload(first, roomId, webm("audio/webm;codecs=opus")));
  expect(sent.attachments).toMatchObject([{ kind: "audio", type: "audio/webm", voice }]);
  expect((await asSecond.messages.list({ roomId })).items).toEqual([sent]);
  const { items } = await asSecond.attachments.list({ roomId });
  expect(items.map(({ attachment }) => attachment)).toEqual(sent.attachments);
});

it("can be sent by a program, in one request", async () => {
  const { roomId, first, send } = await scene();
  const { access_token } = await logIn(server.origin, first.member);
  const { body } = await post(server.origin, access_token, roomId, webm("audio/webm"));
  expect(body).toMatchObject({ kind: "audio", voice });
  expect((await send(body.id)).attachments).toMatchObject([{ voice }]);
  const wrong = { ...webm("audio/webm"), voice: "2 s" };
  const refused = await post(server.origin, access_token, roomId, wrong);
  expect([refused.status, refused.body.fields]).toEqual([422, { voice: ["invalid"] }]);
});

it("is a sound: of anything else nothing of the kind is kept", async () => {
  const { roomId, first, send } = await scene();
  const video = await send(await upload(first, roomId, webm("video/webm")));
  expect(video.attachments).toMatchObject([{ kind: "video", voice: null }]);
  const text = { ...textFile("voice.webm", "hola"), type: "audio/webm", voice: JSON.stringify(voice) };
  const file = await send(await upload(first, roomId, text));
  expect(file.attachments).toMatchObject([{ kind: "file", voice: null }]);
});

it("is not required: a message from before there was any has none", async () => {
  const { roomId, first, send, asSecond } = await scene();
  const { id } = await send(await upload(first, roomId, textFile("a.txt", "hola")));
  await node.db.$executeRaw`
    UPDATE "Message" SET "attachments" = "attachments" #- '{0,voice}' WHERE "id" = ${id}::uuid`;
  const [message] = (await asSecond.messages.list({ roomId })).items;
  expect(message?.attachments).toMatchObject([{ name: "a.txt", voice: null }]);
});

it.each([
  ["no JSON", "loud"],
  ["not what it should be", "[]"],
  ["too long", JSON.stringify({ ...voice, durationMs: voiceMaxSeconds * 1000 + 1 })],
  ["without a length", JSON.stringify({ ...voice, durationMs: 0 })],
  ["too finely drawn", JSON.stringify({ ...voice, peaks: Array(voiceMaxPeaks + 1).fill(1) })],
  ["louder than can be", JSON.stringify({ ...voice, peaks: [101] })],
  ["of half a measure", JSON.stringify({ ...voice, peaks: [0.5] })],
])("is refused where what is said of it is %s", async (_, text) => {
  const { roomId, first } = await scene();
  const file = { ...webm("audio/webm"), voice: text };
  expect((await begin(first, roomId, file, file.bytes.length)).code).toBe("INVALID_INPUT");
});
