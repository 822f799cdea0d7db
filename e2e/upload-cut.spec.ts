import { randomBytes } from "node:crypto";
import { uploadsPath } from "~/shared/attachment-paths";
import { downloadOf, dropFiles, hashOf, note, paintPicture, send, trayOf } from "./attach";
import { watchShifts } from "./layout-shifts";
import { expect, keptIn, test, untilKept } from "./line";
import { composerOf, messageOf, messagesOf, visit, write } from "./person";

test.use({ expectedNoise: [/net::ERR_|WebSocket connection .* failed|tus: /] });

const large = { name: "grande.bin", type: "application/octet-stream", bytes: randomBytes(12 * 1024 ** 2) };

test("three files whose line is cut in the middle survive a reload and arrive once, in order, byte for byte", async ({
  pair: { ana, bruno, roomId },
  line,
}) => {
  test.setTimeout(120_000);
  const { page, t } = ana;
  for (const day of Array.from({ length: 24 }, (_, index) => index + 1)) {
    await bruno.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body: `Día ${day}` });
  }
  await visit(bruno.page, `/r/${roomId}`);
  await visit(page, `${line.url}/r/${roomId}`);
  await expect.poll(() => keptIn(page)).toContain(ana.username);
  await write(bruno, ana, "Día 25");
  await untilKept(page, "Día 25");
  const resumed: number[] = [];
  page.on("request", (request) => {
    const offset = Number(request.headers()["upload-offset"] ?? 0);
    if (request.method() === "PATCH" && offset > 0) resumed.push(offset);
  });

  line.slow(40);
  const picture = await paintPicture(page, "atardecer.jpg");
  await dropFiles(ana, [picture, large, note]);
  await expect(trayOf(ana).getByRole("listitem")).toHaveCount(3);
  await send(ana);
  const bar = page.getByRole("progressbar", { name: t("messages.files.sending") });
  const progress = async (): Promise<number> => Number(await bar.getAttribute("aria-valuenow"));
  await expect.poll(progress).toBeGreaterThan(20);
  expect(await progress()).toBeLessThan(95);
  line.cut();
  resumed.length = 0;
  await page.reload();
  const waiting = new RegExp(t("messages.delivery.waiting"));
  await expect(messagesOf(ana).last()).toHaveAccessibleName(waiting);
  await expect(messageOf(bruno, "Día 25")).toBeVisible();
  await expect(messagesOf(bruno).filter({ hasText: large.name })).toHaveCount(0);

  // The picture's bytes are held back, so that its row is on the screen before and after they come.
  const shifts = await watchShifts(bruno.page);
  let letPictureCome = (): void => undefined;
  const mayCome = new Promise<void>((resolve) => {
    letPictureCome = resolve;
  });
  await bruno.page.route(/\/api\/attachments\/[^/]+(\/thumbnail)?$/, async (route) => {
    await mayCome;
    await route.continue();
  });
  line.mend();
  const arrived = messagesOf(bruno).filter({ hasText: large.name });
  await expect(arrived).toBeVisible({ timeout: 60_000 });
  // It went on where it had stopped.
  expect(resumed.length).toBeGreaterThan(0);
  const image = arrived.locator("img");
  const drawn = () => image.evaluate((element: HTMLImageElement) => element.naturalWidth);
  expect(await drawn()).toBe(0);
  letPictureCome();
  await expect.poll(drawn).toBeGreaterThan(0);
  expect(await shifts()).toEqual([]);

  await expect(messagesOf(ana).last()).toHaveAccessibleName(new RegExp(t("messages.delivery.read")));
  const { items } = await bruno.api.messages.list.query({ roomId });
  expect(items).toHaveLength(26);
  const files = items.at(-1)?.attachments ?? [];
  expect(files.map(({ name }) => name)).toEqual([picture.name, large.name, note.name]);
  for (const file of [large, note]) {
    expect(hashOf(await downloadOf(bruno, file.name))).toBe(hashOf(file.bytes));
  }
  // A picture is made anew: it is what the same picture becomes that was sent without any trouble.
  await visit(ana.page, `/r/${roomId}`);
  await dropFiles(ana, [picture]);
  await expect(trayOf(ana).getByRole("progressbar")).toHaveCount(0);
  await send(ana);
  await expect.poll(async () => (await bruno.api.attachments.list.query({ roomId })).items.length).toBe(4);
  const again = (await bruno.api.attachments.list.query({ roomId })).items[0]?.attachment;
  const pictureHash = async (url: string | undefined) =>
    hashOf(await (await bruno.browser.request.get(url ?? "")).body());
  expect(await pictureHash(files[0]?.url)).toBe(await pictureHash(again?.url));
});

test("what arrives while files are on their way stands before them, and the end stays in sight", async ({
  pair: { ana, bruno, roomId },
  line,
}) => {
  for (const day of Array.from({ length: 20 }, (_, index) => index + 1)) {
    await bruno.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body: `Día ${day}` });
  }
  await visit(ana.page, `${line.url}/r/${roomId}`);
  await visit(bruno.page, `/r/${roomId}`);
  const pictures = ["uno.jpg", "dos.jpg"].map((name) => paintPicture(ana.page, name));
  await ana.browser.route(new RegExp(uploadsPath), () => undefined); // neither answered nor refused
  await dropFiles(ana, await Promise.all(pictures));
  await expect(trayOf(ana).getByRole("listitem")).toHaveCount(2);
  await composerOf(ana, bruno).fill("Van dos");
  await send(ana);
  await write(bruno, ana, "¿Llegan?");
  await expect(messageOf(ana, "¿Llegan?")).toBeVisible();
  await expect(messageOf(ana, "Van dos")).toBeInViewport({ ratio: 1 });
  await expect(messagesOf(ana).last()).toHaveAccessibleName(new RegExp(ana.t("messages.delivery.waiting")));
});

test("an upload that is given up leaves nothing, whether it was attached or on its way", async ({
  pair: { ana, bruno, roomId },
  line,
}) => {
  const { page, t } = ana;
  await visit(page, `${line.url}/r/${roomId}`);
  await write(ana, bruno, "Espera");
  const ended = () =>
    page.waitForRequest((request) => request.method() === "DELETE" && request.url().includes(uploadsPath));
  line.slow(40);
  await dropFiles(ana, [large]);
  const uploading = trayOf(ana).getByRole("progressbar");
  await expect.poll(async () => Number(await uploading.getAttribute("aria-valuenow"))).toBeGreaterThan(5);
  const removed = ended();
  await page.getByRole("button", { name: t("messages.files.remove", { name: large.name }) }).click();
  await expect(trayOf(ana)).toBeHidden();
  await removed;

  await dropFiles(ana, [large]);
  await send(ana);
  const bar = page.getByRole("progressbar", { name: t("messages.files.sending") });
  await expect.poll(async () => Number(await bar.getAttribute("aria-valuenow"))).toBeGreaterThan(5);
  const cancelled = ended();
  await page.getByRole("button", { name: t("messages.files.cancel") }).click();
  await cancelled;
  await expect(messagesOf(ana)).toHaveCount(1);
  line.slow(0);
  await write(ana, bruno, "Ya está");
  await expect(messagesOf(ana).last()).toHaveAccessibleName(new RegExp(t("messages.delivery.sent")));
  expect((await bruno.api.attachments.list.query({ roomId })).items).toEqual([]);
  await page.reload();
  await expect(messagesOf(ana)).toHaveCount(2);
});

test("an upload that was cut is tried again", async ({ pair: { ana, bruno, roomId } }) => {
  const { page, browser, t } = ana;
  await visit(page, `/r/${roomId}`);
  const isUpload = (url: URL): boolean => url.pathname.startsWith(uploadsPath);
  await browser.route(isUpload, (route) => route.abort("connectionreset"));
  await dropFiles(ana, [note]);
  await expect(trayOf(ana).getByRole("alert")).toHaveText(t("messages.files.cut"), { timeout: 20_000 });
  await browser.unroute(isUpload);
  await page.getByRole("button", { name: t("messages.files.retry", { name: note.name }) }).click();
  await expect(trayOf(ana).getByRole("alert")).toHaveCount(0);
  await send(ana);
  await expect(messagesOf(ana)).toHaveAccessibleName(new RegExp(t("messages.delivery.sent")));
  await visit(bruno.page, `/r/${roomId}`);
  expect(hashOf(await downloadOf(bruno, note.name))).toBe(hashOf(note.bytes));
});
