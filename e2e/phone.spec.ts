import { phone } from "./devices";
import { composerOf, messageOf, roomLineOf, visit, write } from "./person";
import { expect, test } from "./test";

test.use(phone);

test("one zone at a time, and Back does what a person expects", async ({ pair: { ana, bruno, roomId } }) => {
  const { page, t } = ana;
  await visit(page, "/");
  await roomLineOf(ana, bruno).tap();
  await expect(page).toHaveURL(new RegExp(`/r/${roomId}$`));
  await expect(composerOf(ana, bruno)).toBeVisible();
  await expect(roomLineOf(ana, bruno)).toBeHidden();
  await write(ana, bruno, "Desde el teléfono");
  await expect(messageOf(ana, "Desde el teléfono")).toBeVisible();

  await page.getByRole("button", { name: t("rooms.details") }).tap();
  await expect(page.getByRole("complementary", { name: t("rooms.details") })).toBeVisible();
  await expect(composerOf(ana, bruno)).toBeHidden();
  await page.goBack();
  await expect(composerOf(ana, bruno)).toBeVisible();
  await page.goBack();
  await expect(roomLineOf(ana, bruno)).toContainText("Desde el teléfono");

  // The arrow on the page does what Back does, and leaves nothing behind to go back to.
  await roomLineOf(ana, bruno).tap();
  await page
    .getByRole("link", { name: t("common.back") })
    .filter({ visible: true })
    .tap();
  await expect(roomLineOf(ana, bruno)).toBeVisible();
  await page.goForward();
  await expect(composerOf(ana, bruno)).toBeVisible();
});

test("the place in a long chat is kept while a panel covers it", async ({ pair: { ana, bruno, roomId } }) => {
  const { page, t } = ana;
  for (let n = 0; n < 60; n++) {
    await bruno.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body: `Mensaje ${n}` });
  }
  await ana.api.rooms.markRead.mutate({ roomId, seq: 60 });
  await visit(page, `/r/${roomId}?m=25`);
  const message = messageOf(ana, "Mensaje 24");
  await expect(message).toBeInViewport();
  const top = async () => Math.round((await message.boundingBox())?.y ?? 0);
  const before = await top();
  await page.getByRole("button", { name: t("rooms.details") }).tap();
  await expect(message).toBeHidden();
  await page.getByRole("button", { name: t("common.close") }).tap();
  await expect.poll(top).toBe(before);
  await expect(message).toBeInViewport();
});

test("Enter breaks the line on a touch keyboard", async ({ pair: { ana, bruno, roomId } }) => {
  await visit(ana.page, `/r/${roomId}`);
  await composerOf(ana, bruno).fill("Una línea");
  await composerOf(ana, bruno).press("Enter");
  await expect(composerOf(ana, bruno)).toHaveValue("Una línea\n");
});

test("every control is large enough for a finger and nothing is wider than the screen", async ({
  pair: { ana, bruno, roomId },
}) => {
  const { page } = ana;
  for (const path of ["/", "/contacts", "/groups/new", "/settings", `/r/${roomId}`, `/r/${roomId}?details`]) {
    await visit(page, path);
    await expect(
      page.getByRole("main").or(page.getByRole("navigation")).filter({ visible: true }),
    ).not.toHaveCount(0);
    const small = await page
      .locator("button:visible, a:visible, input:visible, textarea:visible")
      .evaluateAll((controls) =>
        controls.flatMap((control) => {
          // A hidden radio button is as large as its label, and what is off the screen waits for the focus.
          const target = control.closest("label") ?? control;
          const { width, height } = target.getBoundingClientRect();
          return width > 1 && (width < 40 || height < 40)
            ? [`${control.outerHTML.slice(0, 90)} ${width}×${height}`]
            : [];
        }),
      );
    expect(small, path).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(390);
  }
  await expect(composerOf(ana, bruno)).toBeHidden();
});
