import type { Locator } from "@playwright/test";
import { uploadsPath } from "~/shared/attachment-paths";
import { downloadOf, dropFiles, hashOf, note, paintPicture, send, trayOf, upload } from "./attach";
import { expectAccessible } from "./axe";
import { messageOf, messagesOf, roomLineOf, visit, write } from "./person";
import { expect, test } from "./test";

test("dropped files arrive whole, their place kept from the first moment", async ({
  pair: { ana, bruno, roomId },
  member,
}) => {
  const { page, t } = ana;
  const stranger = await member("Eva Ruiz");
  await visit(page, `/r/${roomId}`);
  await visit(bruno.page, `/r/${roomId}`);
  await write(ana, bruno, "Van las fotos");
  await expect(messageOf(bruno, "Van las fotos")).toBeVisible();

  // The picture's bytes are held back, so that the row is measured before and after they come.
  let letPictureCome = (): void => undefined;
  const pictureMayCome = new Promise<void>((resolve) => {
    letPictureCome = resolve;
  });
  await bruno.page.route(/\/api\/attachments\/[^/]+(\/thumbnail)?$/, async (route) => {
    await pictureMayCome;
    await route.continue();
  });

  const picture = await paintPicture(page, "atardecer.jpg");
  await dropFiles(ana, [picture, note]);
  await expect(trayOf(ana).getByRole("listitem")).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole("textbox").last().fill("Desde la azotea");
  await send(ana);
  await expect(trayOf(ana)).toBeHidden();

  const arrived = messageOf(bruno, "Desde la azotea");
  await expect(arrived).toBeVisible();
  const image = arrived.locator("img");
  expect(await image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(0);
  const before = await arrived.boundingBox();
  letPictureCome();
  await expect
    .poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth))
    .toBeGreaterThan(0);
  expect(await arrived.boundingBox()).toEqual(before);
  await expectAccessible(bruno.page);

  expect(hashOf(await downloadOf(bruno, note.name))).toBe(hashOf(note.bytes));

  await arrived.getByRole("button", { name: t("messages.files.open", { name: picture.name }) }).click();
  const viewer = bruno.page.getByRole("dialog", { name: picture.name });
  await expect(viewer.getByRole("img", { name: picture.name })).toBeVisible();
  await expectAccessible(bruno.page);
  await bruno.page.keyboard.press("Escape");
  await expect(viewer).toBeHidden();

  const { items } = await bruno.api.attachments.list.query({ roomId });
  expect(items).toHaveLength(2);
  for (const { attachment } of items) {
    expect((await bruno.browser.request.get(attachment.url)).status()).toBe(200);
    expect((await stranger.browser.request.get(attachment.url)).status()).toBe(404);
  }
});

test("several pictures make a grid and a viewer that the keyboard turns; the list says what came", async ({
  pair: { ana, bruno, roomId },
}) => {
  await visit(ana.page, `/r/${roomId}`);
  await visit(bruno.page, "/");
  const names = ["uno.jpg", "dos.jpg", "tres.jpg"];
  await dropFiles(ana, await Promise.all(names.map((name) => paintPicture(ana.page, name))));
  await expect(trayOf(ana).getByRole("listitem")).toHaveCount(3);
  await send(ana);
  await expect(roomLineOf(bruno, ana)).toContainText(bruno.t("rooms.photos", { count: 3 }));
  await roomLineOf(bruno, ana).click();

  const { page, t } = bruno;
  await page.getByRole("button", { name: t("messages.files.open", { name: "dos.jpg" }) }).click();
  await expect(page.getByRole("dialog", { name: "dos.jpg" })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("dialog", { name: "tres.jpg" })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("dialog", { name: "uno.jpg" })).toBeVisible();
  await expect(page.getByText(t("messages.files.position", { index: 1, count: 3 }))).toBeVisible();
});

test("whoever is at the end stays there as files are attached", async ({ pair: { ana, roomId } }) => {
  await visit(ana.page, `/r/${roomId}`);
  const picture = await paintPicture(ana.page, "atardecer.jpg");
  for (const sent of [1, 2, 3, 4]) {
    await dropFiles(ana, [picture]);
    await expect(trayOf(ana)).toBeVisible();
    await send(ana);
    await expect(trayOf(ana)).toBeHidden();
    const name = new RegExp(ana.t("messages.delivery.sent"));
    await expect(messagesOf(ana)).toHaveCount(sent);
    await expect(messagesOf(ana).last()).toHaveAccessibleName(name);
  }
  await dropFiles(ana, [picture]);
  await expect(trayOf(ana)).toBeVisible();
  await expect(messagesOf(ana).last()).toBeInViewport({ ratio: 1 });
});

test("words under a picture are no wider than it", async ({ pair: { ana, roomId } }) => {
  const { page, t } = ana;
  await visit(page, `/r/${roomId}`);
  const picture = await paintPicture(page, "atardecer.jpg");
  const body =
    "La vista desde el balcón, el domingo, un rato antes de que llegara la tormenta que anunciaban";
  const attachmentIds = await upload(ana, roomId, [picture]);
  await ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body, attachmentIds });
  const message = messageOf(ana, body);
  const place = message.getByRole("button", { name: t("messages.files.open", { name: picture.name }) });
  await expect(place).toBeVisible();
  const widthOf = async (part: Locator): Promise<number> => (await part.boundingBox())?.width ?? Number.NaN;
  expect(await widthOf(message.getByRole("paragraph"))).toBeLessThanOrEqual(await widthOf(place));
});

test("who is removed from a group loses its files", async ({ pair: { ana, bruno } }) => {
  const { id: userId } = await bruno.api.auth.me.query();
  const { roomId } = await ana.api.groups.create.mutate({ title: "Archivo", userIds: [userId] });
  await visit(ana.page, `/r/${roomId}`);
  await dropFiles(ana, [note]);
  await send(ana);
  await expect(roomLineOf(ana, { name: "Archivo" })).toContainText(`📎 ${note.name}`);
  const { items } = await bruno.api.attachments.list.query({ roomId });
  const url = items[0]?.attachment.url ?? "";
  expect((await bruno.browser.request.get(url)).status()).toBe(200);
  await ana.api.groups.removeMember.mutate({ roomId, userId });
  expect((await bruno.browser.request.get(url)).status()).toBe(404);
});

test.describe("with a refusal", () => {
  test.use({ expectedNoise: [/status of (404|422)/] });

  test("a file that the server no longer keeps goes up once more", async ({
    pair: { ana, bruno, roomId },
  }) => {
    const { page, t } = ana;
    await visit(page, `/r/${roomId}`);
    const begun = page.waitForResponse(
      (response) => response.request().method() === "POST" && response.url().endsWith(uploadsPath),
    );
    await dropFiles(ana, [note]);
    const id = (await (await begun).headerValue("location"))?.split("/").at(-1) ?? "";
    await expect(trayOf(ana).getByRole("progressbar")).toBeHidden();
    await ana.api.attachments.discard.mutate({ id });
    await send(ana);
    await expect(messagesOf(ana)).toHaveAccessibleName(new RegExp(t("messages.delivery.sent")));
    await visit(bruno.page, `/r/${roomId}`);
    expect(hashOf(await downloadOf(bruno, note.name))).toBe(hashOf(note.bytes));
  });

  test("what may not be sent is said at once; what was attached can be taken back", async ({
    pair: { ana, bruno, roomId },
  }) => {
    const { page, t } = ana;
    await visit(page, `/r/${roomId}`);
    await dropFiles(ana, [{ ...note, name: "vacío.txt", bytes: Buffer.alloc(0) }]);
    await expect(page.getByText(t("errors.ATTACHMENT_EMPTY"))).toBeVisible();
    await expect(trayOf(ana)).toBeHidden();

    const whole = await paintPicture(page, "rota.jpg");
    const damaged = { ...whole, bytes: whole.bytes.subarray(0, whole.bytes.length / 2) };
    await dropFiles(ana, [damaged, note]);
    await expect(trayOf(ana).getByRole("alert")).toHaveText(t("errors.IMAGE_UNREADABLE"));
    const button = page.getByRole("button", { name: t("messages.send") });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await page.getByRole("button", { name: t("messages.files.remove", { name: damaged.name }) }).click();
    await expect(button).toHaveAttribute("aria-disabled", "false");
    await send(ana);
    await visit(bruno.page, `/r/${roomId}`);
    expect(hashOf(await downloadOf(bruno, note.name))).toBe(hashOf(note.bytes));
  });
});
