import type { Locator } from "@playwright/test";
import { dropFiles, paintPicture, send, trayOf } from "./attach";
import { expectAccessible } from "./axe";
import { phone } from "./devices";
import { messagesOf, type Person, visit } from "./person";
import { expect, test } from "./test";
import { touch } from "./touch";

const names = ["uno.jpg", "dos.jpg", "tres.jpg"];

const sendPictures = async (person: Person, roomId: string): Promise<void> => {
  await visit(person.page, `/r/${roomId}`);
  await dropFiles(person, await Promise.all(names.map((name) => paintPicture(person.page, name))));
  await expect(trayOf(person).getByRole("listitem")).toHaveCount(3);
  await send(person);
  await expect(messagesOf(person)).toHaveAccessibleName(new RegExp(person.t("messages.delivery.sent")));
};

const thumbnailOf = ({ page, t }: Person, name: string): Locator =>
  page.getByRole("button", { name: t("messages.files.open", { name }) });

/** The picture on show, once it stands still: where its middle is, and how wide it is. */
const pictureIn = async ({ page }: Person): Promise<{ x: number; y: number; width: number }> => {
  const image = page.getByRole("dialog").getByRole("img");
  await image.evaluate((element) =>
    Promise.all(element.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  const { x, y, width, height } = (await image.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x + width / 2, y: y + height / 2, width };
};

test("a picture is seen closer, by wheel, keys, buttons and a click, and moved", async ({
  pair: { ana, roomId },
}) => {
  test.slow();
  const { page, t } = ana;
  await sendPictures(ana, roomId);
  await thumbnailOf(ana, "dos.jpg").click();
  const viewer = page.getByRole("dialog", { name: "dos.jpg" });
  await expect(viewer).toBeVisible();
  await expect(viewer).toBeFocused();
  const { width: fitting, ...middle } = await pictureIn(ana);
  const times = async (): Promise<number> => (await pictureIn(ana)).width / fitting;

  await page.keyboard.press("+");
  await expect.poll(times).toBeCloseTo(1.5, 2);
  await page.keyboard.press("-");
  await expect.poll(times).toBeCloseTo(1, 2);
  await page.keyboard.press("-");
  await expect.poll(times).toBeCloseTo(1, 2);

  await viewer.getByRole("button", { name: t("messages.files.zoomIn") }).click();
  await viewer.getByRole("button", { name: t("messages.files.zoomIn") }).click();
  await expect.poll(times).toBeCloseTo(2.25, 2);
  await expectAccessible(page);
  await viewer.getByRole("button", { name: t("messages.files.zoomOut") }).click();
  await page.keyboard.press("0");
  await expect.poll(times).toBeCloseTo(1, 2);

  // The wheel, where it is: what is under the pointer stays there.
  await page.mouse.move(middle.x - 200, middle.y);
  await page.mouse.wheel(0, -400);
  await expect.poll(times).toBeGreaterThan(2);
  const closer = await pictureIn(ana);
  expect(closer.x - middle.x).toBeCloseTo(200 * (closer.width / fitting - 1), -1);

  await page.mouse.down();
  await page.mouse.move(middle.x - 300, middle.y, { steps: 5 });
  await page.mouse.up();
  expect((await pictureIn(ana)).x).toBeCloseTo(closer.x - 100, -1);
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await pictureIn(ana)).x).toBeCloseTo(closer.x - 180, -1);
  await expect(viewer).toBeVisible();

  await page.keyboard.press("0");
  await page.mouse.click(middle.x, middle.y);
  await expect.poll(times).toBeGreaterThanOrEqual(2);
  await page.mouse.click(middle.x, middle.y);
  await expect.poll(times).toBeCloseTo(1, 2);

  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("dialog", { name: "tres.jpg" })).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: t("messages.files.download", { name: "tres.jpg" }) }).click();
  expect((await download).suggestedFilename()).toBe("tres.jpg");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(thumbnailOf(ana, "dos.jpg")).toBeFocused();

  // Beside the picture is the way out, too.
  await thumbnailOf(ana, "uno.jpg").click();
  await page.mouse.click(640, 780);
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("fingers turn, pinch, move and put away", async ({ member }) => {
  test.slow();
  const ana = await member("Ana Funes", phone);
  const bruno = await member("Bruno Paz");
  const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
  await sendPictures(ana, roomId);
  const { page } = ana;
  await thumbnailOf(ana, "uno.jpg").tap();
  const shown = (name: string) => page.getByRole("dialog", { name });
  await expect(shown("uno.jpg")).toBeVisible();
  const left = { x: 60, y: 420 };
  const right = { x: 330, y: 420 };
  await touch(page, { from: right, to: left });
  await expect(shown("dos.jpg")).toBeVisible();
  await touch(page, { from: left, to: right });
  await expect(shown("uno.jpg")).toBeVisible();
  // Not far enough.
  await touch(page, { from: { x: 200, y: 420 }, to: { x: 175, y: 420 } });
  await expect(shown("uno.jpg")).toBeVisible();

  const { width: fitting } = await pictureIn(ana);
  const centre = { x: 195, y: 450 };
  await touch(
    page,
    { from: { x: 175, y: 450 }, to: { x: 95, y: 450 } },
    { from: { x: 215, y: 450 }, to: { x: 295, y: 450 } },
  );
  await expect.poll(async () => (await pictureIn(ana)).width / fitting).toBeGreaterThan(3);
  const before = await pictureIn(ana);
  await touch(page, { from: centre, to: { x: 145, y: 450 } });
  await expect(shown("uno.jpg")).toBeVisible();
  expect((await pictureIn(ana)).x).toBeLessThan(before.x - 30);
  await expectAccessible(page);

  // Two taps: all of it again, and close.
  const tapTwice = async (): Promise<void> => {
    await page.touchscreen.tap(centre.x, centre.y);
    await page.touchscreen.tap(centre.x, centre.y);
  };
  await tapTwice();
  await expect.poll(async () => (await pictureIn(ana)).width).toBeCloseTo(fitting, 0);
  await tapTwice();
  await expect.poll(async () => (await pictureIn(ana)).width / fitting).toBeGreaterThanOrEqual(2);
  await tapTwice();
  await expect.poll(async () => (await pictureIn(ana)).width).toBeCloseTo(fitting, 0);
  await touch(page, { from: { x: 195, y: 400 }, to: { x: 200, y: 640 } });
  await expect(page.getByRole("dialog")).toBeHidden();
});
