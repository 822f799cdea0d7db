import { dropFiles, note, paintPicture, send, trayOf } from "./attach";
import { expectAccessible } from "./axe";
import { phone } from "./devices";
import { messagesOf, type Person, visit, write } from "./person";
import { expect, test } from "./test";

const panelOf = ({ page, t }: Person) =>
  page.getByRole("complementary", { name: t("messages.roomFiles.title") });

const openPanel = async (person: Person): Promise<void> => {
  const { page, t } = person;
  await page.getByRole("button", { name: t("rooms.details") }).click();
  const details = page.getByRole("complementary", { name: t("rooms.details") });
  await details.getByRole("button", { name: t("messages.roomFiles.title") }).click();
  await expect(panelOf(person)).toBeVisible();
};

const share = async (person: Person, files: Parameters<typeof dropFiles>[1]): Promise<void> => {
  await dropFiles(person, files);
  await expect(trayOf(person).getByRole("listitem")).toHaveCount(files.length);
  await send(person);
  await expect(trayOf(person)).toBeHidden();
};

test("what is shared in a room stands in its right zone, live", async ({ pair: { ana, bruno, roomId } }) => {
  test.slow();
  const { page, t } = bruno;
  await visit(ana.page, `/r/${roomId}`);
  await visit(page, `/r/${roomId}`);
  await openPanel(bruno);
  const panel = panelOf(bruno);
  await expect(panel.getByText(t("messages.roomFiles.noPictures"))).toBeVisible();

  const [first, second] = [await paintPicture(ana.page, "uno.jpg"), await paintPicture(ana.page, "dos.jpg")];
  await share(ana, [first]);
  await write(ana, bruno, "Las fotos de ayer: https://example.org/fotos/ayer");
  await share(ana, [second, note]);
  const tiles = panel.getByRole("listitem").getByRole("button");
  await expect(tiles).toHaveCount(2);
  // The newest first.
  await expect(tiles.first()).toHaveAccessibleName(t("messages.files.open", { name: "dos.jpg" }));
  await expectAccessible(page);

  await tiles.first().click();
  await expect(page.getByRole("dialog", { name: "dos.jpg" })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  const viewer = page.getByRole("dialog", { name: "uno.jpg" });
  await viewer.getByRole("button", { name: t("messages.files.goToMessage") }).click();
  await expect(viewer).toBeHidden();
  await expect(messagesOf(bruno).first()).toBeInViewport();

  await panel.getByRole("tab", { name: t("messages.roomFiles.files") }).click();
  const download = page.waitForEvent("download");
  await panel.getByRole("link", { name: t("messages.files.download", { name: note.name }) }).click();
  expect((await download).suggestedFilename()).toBe(note.name);
  await expectAccessible(page);

  await panel.getByRole("tab", { name: t("messages.roomFiles.links") }).click();
  await expect(panel.getByRole("link")).toHaveCount(1);
  await expect(panel.getByRole("link")).toHaveAttribute("href", "https://example.org/fotos/ayer");
  await write(ana, bruno, "Y las de hoy: https://example.org/fotos/hoy");
  await expect(panel.getByRole("link")).toHaveCount(2);

  await panel.getByRole("tab", { name: t("messages.roomFiles.pictures") }).click();
  await ana.api.messages.delete.mutate({ roomId, seq: 1 });
  await expect(tiles).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});

test("a long history comes as one goes down it", async ({ pair: { ana, bruno, roomId } }) => {
  test.setTimeout(90_000);
  await visit(ana.page, `/r/${roomId}`);
  const names = Array.from({ length: 35 }, (_, index) => `acta-${String(index).padStart(2, "0")}.txt`);
  for (const name of names) {
    await share(ana, [{ ...note, name }]);
  }
  const last = messagesOf(ana).last();
  await expect(last).toContainText("acta-34.txt");
  await expect(last).toHaveAccessibleName(new RegExp(ana.t("messages.delivery.sent")), { timeout: 60_000 });
  await visit(bruno.page, `/r/${roomId}?files`);
  const panel = panelOf(bruno);
  await panel.getByRole("tab", { name: bruno.t("messages.roomFiles.files") }).click();
  await expect(panel.getByRole("link").first()).toContainText("acta-34.txt");
  await panel.getByRole("link").nth(29).scrollIntoViewIfNeeded();
  await expect(panel.getByRole("link").last()).toContainText("acta-00.txt");
  await expect(panel.getByRole("link")).toHaveCount(names.length);
  // To a message that is not on the page yet.
  const oldest = panel.getByRole("listitem").last();
  await oldest.getByRole("button", { name: bruno.t("messages.files.goToMessage") }).click();
  await expect(messagesOf(bruno).filter({ hasText: "acta-00.txt" })).toBeInViewport();
});

test("on a phone the panel has the screen, and leads to the message", async ({ member }) => {
  const ana = await member("Ana Funes", phone);
  const bruno = await member("Bruno Paz");
  const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
  await visit(ana.page, `/r/${roomId}`);
  await share(ana, [await paintPicture(ana.page, "uno.jpg")]);
  await expect(messagesOf(ana)).toHaveCount(1);
  await openPanel(ana);
  const panel = panelOf(ana);
  await expectAccessible(ana.page);
  await panel.getByRole("listitem").getByRole("button").tap();
  await ana.page.getByRole("button", { name: ana.t("messages.files.goToMessage") }).tap();
  await expect(panel).toBeHidden();
  await expect(messagesOf(ana)).toBeInViewport();
});
