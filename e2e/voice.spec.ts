import type { Locator } from "@playwright/test";
import { send, trayOf } from "./attach";
import { expectAccessible } from "./axe";
import { phone } from "./devices";
import { composerOf, messageOf, messagesOf, type Person, roomLineOf, visit, write } from "./person";
import { expect, test } from "./test";

const recordButton = ({ page, t }: Person): Locator =>
  page.getByRole("button", { name: t("messages.voice.record") });

const recorderOf = ({ page, t }: Person): Locator =>
  page.getByRole("group", { name: t("messages.voice.recording") });

/** Waits until so many seconds are recorded. */
const speakFor = async (person: Person, seconds: number): Promise<void> => {
  const timer = recorderOf(person).getByRole("timer");
  await expect
    .poll(async () => Number((await timer.textContent())?.split(":")[1]))
    .toBeGreaterThanOrEqual(seconds);
};

/** How a message of theirs ends that the server has. */
const sentBy = ({ t }: Person): RegExp =>
  new RegExp(`(${t("messages.delivery.sent")}|${t("messages.delivery.delivered")})$`);

const play = ({ t }: Person, message: Locator): Locator =>
  message.getByRole("button", { name: t("messages.voice.play") });
const pause = ({ t }: Person, message: Locator): Locator =>
  message.getByRole("button", { name: t("messages.voice.pause") });
const positionOf = ({ t }: Person, message: Locator): Locator =>
  message.getByRole("slider", { name: t("messages.voice.seek") });

const speak = async (person: Person, seconds: number): Promise<void> => {
  await recordButton(person).click();
  await speakFor(person, seconds);
  await send(person);
  await expect(recorderOf(person)).toBeHidden();
};

test("a voice message is recorded, drawn, and played by the other side", async ({
  pair: { ana, bruno, roomId },
}) => {
  test.slow();
  await ana.browser.grantPermissions(["microphone"]);
  await visit(ana.page, `/r/${roomId}`);
  await visit(bruno.page, "/");
  await recordButton(ana).click();
  await speakFor(ana, 2);
  await expectAccessible(ana.page);
  await send(ana);
  await expect(messagesOf(ana)).toHaveAccessibleName(sentBy(ana));
  await expect(composerOf(ana, bruno)).toBeFocused();

  const title = bruno.t("messages.voice.title", { length: "" }).replace("()", "(0:");
  await expect(roomLineOf(bruno, ana)).toContainText(title);
  await roomLineOf(bruno, ana).click();
  const message = messagesOf(bruno);
  await play(bruno, message).click();
  await expect(pause(bruno, message)).toBeVisible();
  await expect.poll(async () => Number(await positionOf(bruno, message).inputValue())).toBeGreaterThan(1);
  await expectAccessible(bruno.page);
  // It goes on to its end.
  await expect(play(bruno, message)).toBeVisible();

  const { items } = await bruno.api.attachments.list.query({ roomId });
  expect(items).toMatchObject([{ attachment: { kind: "audio" } }]);
  const voice = items[0]?.attachment.voice;
  expect(voice?.durationMs).toBeGreaterThanOrEqual(2_000);
  // The beeps stand out from the silence between them.
  expect(voice?.peaks).toHaveLength(64);
  expect(Math.max(...(voice?.peaks ?? []))).toBe(100);
  expect(Math.min(...(voice?.peaks ?? []))).toBeLessThan(10);
});

test("held it is sent when let go; let go elsewhere, or on Escape, it is gone", async ({
  pair: { ana, bruno, roomId },
}) => {
  const { page, t } = ana;
  await ana.browser.grantPermissions(["microphone"]);
  await visit(page, `/r/${roomId}`);
  await recordButton(ana).click();
  await speakFor(ana, 1);
  await page.keyboard.press("Escape");
  await expect(recorderOf(ana)).toBeHidden();
  await expect(composerOf(ana, bruno)).toBeFocused();

  const { x, y, width, height } = (await recordButton(ana).boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  const press = async (): Promise<void> => {
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await speakFor(ana, 1);
  };
  await press();
  await expect(page.getByText(t("messages.voice.letGoToSend"))).toBeVisible();
  await page.mouse.move(x - 300, y, { steps: 4 });
  await expect(page.getByText(t("messages.voice.letGoToCancel"))).toBeVisible();
  await page.mouse.up();
  await expect(recorderOf(ana)).toBeHidden();
  await expect(messagesOf(ana)).toHaveCount(0);

  await press();
  await page.mouse.up();
  await expect(messagesOf(ana)).toHaveAccessibleName(sentBy(ana));

  // By key it goes on by itself.
  await recordButton(ana).focus();
  await page.keyboard.press("Enter");
  await speakFor(ana, 1);
  await page.keyboard.press("Enter");
  await expect(messagesOf(ana)).toHaveCount(2);
});

test("a double click that sends records nothing", async ({ pair: { ana, bruno, roomId } }) => {
  const { page, t } = ana;
  await ana.browser.grantPermissions(["microphone"]);
  await visit(page, `/r/${roomId}`);
  await composerOf(ana, bruno).fill("Listo");
  await page.getByRole("button", { name: t("messages.send") }).dblclick();
  await expect(messageOf(ana, "Listo")).toHaveAccessibleName(sentBy(ana));
  await expect(recorderOf(ana)).toBeHidden();
  await expect(recordButton(ana)).toBeVisible();
});

test("one plays at a time, at the speed one likes, from any place", async ({
  pair: { ana, bruno, roomId },
}) => {
  await ana.browser.grantPermissions(["microphone"]);
  await visit(ana.page, `/r/${roomId}`);
  await visit(bruno.page, `/r/${roomId}`);
  await speak(ana, 3);
  await write(ana, bruno, "Y otra cosa");
  await speak(ana, 3);
  await expect(messagesOf(bruno)).toHaveCount(3);
  const [first, second] = [messagesOf(bruno).first(), messagesOf(bruno).last()];
  await play(bruno, first).click();
  await expect(pause(bruno, first)).toBeVisible();
  await play(bruno, second).click();
  await expect(pause(bruno, second)).toBeVisible();
  await expect(play(bruno, first)).toBeVisible();

  const { page, t } = bruno;
  const speed = second.getByRole("button", { name: t("messages.voice.speed", { speed: "1×" }) });
  await speed.click();
  await expect(second.getByRole("button", { name: /1,5×/ })).toBeVisible();
  await pause(bruno, second).click();
  const position = positionOf(bruno, second);
  await position.focus();
  await page.keyboard.press("Home");
  await expect(position).toHaveValue("0");
  await page.keyboard.press("End");
  await expect(position).toHaveAttribute("aria-valuetext", /^0:0(\d) \/ 0:0\1$/);
  const end = Number(await position.inputValue());
  await page.keyboard.press("ArrowLeft");
  await expect.poll(async () => Number(await position.inputValue())).toBeLessThan(end);
  await expect(position).toBeFocused();
});

test("what is not sent is not lost: one listens first, or goes elsewhere", async ({
  pair: { ana, bruno, roomId },
  member,
}) => {
  test.slow();
  const { page, t } = ana;
  const carla = await member("Carla Ruiz");
  const { roomId: otherRoom } = await ana.api.contacts.add.mutate({ username: carla.username });
  await ana.api.messages.send.mutate({ roomId: otherRoom, clientId: crypto.randomUUID(), body: "Hola" });
  await ana.browser.grantPermissions(["microphone"]);
  await visit(page, `/r/${roomId}`);
  const tray = trayOf(ana);

  await recordButton(ana).click();
  await speakFor(ana, 1);
  await page.getByRole("button", { name: t("messages.voice.stop") }).click();
  await play(ana, tray).click();
  await expect(pause(ana, tray)).toBeVisible();
  await expectAccessible(page);
  await send(ana);
  await expect(tray).toBeHidden();
  await expect(messagesOf(ana)).toHaveAccessibleName(sentBy(ana));

  await recordButton(ana).click();
  await speakFor(ana, 1);
  await roomLineOf(ana, carla).click();
  await expect(messageOf(ana, "Hola")).toBeVisible();
  await expect(tray).toBeHidden();
  await roomLineOf(ana, bruno).click();
  await expect(tray.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: /^Quitar/ }).click();
});

test.describe("without a connection", () => {
  test.use({ expectedNoise: [/net::ERR_|WebSocket connection .* failed|tus: |fetching the script/] });

  test("it is recorded all the same, and goes out later", async ({ pair: { ana, roomId } }) => {
    await ana.browser.grantPermissions(["microphone"]);
    await visit(ana.page, `/r/${roomId}`);
    await ana.browser.setOffline(true);
    await speak(ana, 1);
    await expect(messagesOf(ana)).toHaveAccessibleName(new RegExp(ana.t("messages.delivery.waiting")));
    await ana.browser.setOffline(false);
    await expect(messagesOf(ana)).toHaveAccessibleName(sentBy(ana));
  });
});

test("a browser that may not listen, or has no microphone, is told so", async ({ pair: { ana, roomId } }) => {
  const { page, t } = ana;
  await visit(page, `/r/${roomId}`);
  await recordButton(ana).click();
  await expect(page.getByText(t("messages.voice.trouble.refused"))).toBeVisible();
  await expect(recorderOf(ana)).toBeHidden();

  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("none", "NotFoundError"));
  });
  await recordButton(ana).click();
  await expect(page.getByText(t("messages.voice.trouble.missing"))).toBeVisible();
  await expect(recorderOf(ana)).toBeHidden();
});

test("on a phone, by touch", async ({ member }) => {
  const ana = await member("Ana Funes", { ...phone, permissions: ["microphone"] });
  const bruno = await member("Bruno Paz", phone);
  const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
  await visit(ana.page, `/r/${roomId}`);
  await recordButton(ana).tap();
  await speakFor(ana, 1);
  await expectAccessible(ana.page);
  await ana.page.getByRole("button", { name: ana.t("messages.send") }).tap();
  await expect(messagesOf(ana)).toHaveAccessibleName(sentBy(ana));
  await visit(bruno.page, `/r/${roomId}`);
  await play(bruno, messagesOf(bruno)).tap();
  await expect(pause(bruno, messagesOf(bruno))).toBeVisible();
});
