import { phone } from "./devices";
import { messageOf, messagesOf, type Person, roomLineOf, timelineOf, visit } from "./person";
import { expect, test } from "./test";
import { longPress } from "./touch";

/** Where the line of what is new stands: the message below it. */
const firstNew = (person: Person) => messagesOf(person).filter({ hasText: person.t("messages.newMessages") });

const unreadOf = (person: Person, other: { name: string }, count: number) =>
  roomLineOf(person, other).getByText(person.t("rooms.unread", { count }));

for (const { title, locale } of [
  { title: "in Spanish", locale: "es-AR" },
  { title: "in English", locale: "en-GB" },
]) {
  test.describe(title, () => {
    test.use({ locale });

    test("a message is marked as unread by a key: on all devices, with the line there, and not for the other", async ({
      pair: { ana, bruno, roomId },
      device,
    }) => {
      const say = (body: string) =>
        ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body });
      for (const body of ["Uno", "Dos", "Tres"]) await say(body);
      const elsewhere = await device(bruno);
      await visit(elsewhere.page, "/");
      await visit(ana.page, `/r/${roomId}`);
      await visit(bruno.page, `/r/${roomId}`);
      await expect(unreadOf(elsewhere, ana, 3)).toBeHidden();
      const last = messageOf(ana, "Tres");
      const read = new RegExp(ana.t("messages.delivery.read"));
      await expect(last).toHaveAccessibleName(read);

      await timelineOf(bruno).focus();
      await bruno.page.keyboard.press("ArrowUp");
      await bruno.page.keyboard.press("ArrowUp");
      await expect(messageOf(bruno, "Dos")).toBeFocused();
      await bruno.page.keyboard.press("u");
      await expect(firstNew(bruno)).toContainText("Dos");
      for (const person of [bruno, elsewhere]) await expect(unreadOf(person, ana, 2)).toBeAttached();
      await expect(last).toHaveAccessibleName(read);

      // It stays while the room is open, whatever comes.
      await say("Cuatro");
      await expect(messageOf(bruno, "Cuatro")).toBeVisible();
      await expect(unreadOf(bruno, ana, 3)).toBeAttached();
      await expect(firstNew(bruno)).toContainText("Dos");

      await roomLineOf(elsewhere, ana).click();
      await expect(firstNew(elsewhere)).toContainText("Dos");
      for (const person of [bruno, elsewhere]) await expect(unreadOf(person, ana, 3)).toBeHidden();
    });

    test("a room is marked as unread and as read from its menu in the list", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t } = bruno;
      await ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body: "Hola" });
      await visit(page, "/");
      const line = roomLineOf(bruno, ana);
      const menu = page.getByRole("menu", { name: t("rooms.options", { name: ana.name }) });
      await line.click({ button: "right" });
      await menu.getByRole("menuitem", { name: t("rooms.markRead") }).click();
      await expect(unreadOf(bruno, ana, 1)).toBeHidden();

      await expect(line).toBeFocused();
      await page.keyboard.press("Shift+F10");
      await expect(menu).toBeFocused();
      await page.keyboard.press("ArrowDown");
      await expect(menu.getByRole("menuitem", { name: t("rooms.markUnread") })).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(unreadOf(bruno, ana, 1)).toBeAttached();
      await expect(line).toBeFocused();

      await line.hover();
      await page.getByRole("button", { name: t("rooms.options", { name: ana.name }) }).click();
      await menu.getByRole("menuitem", { name: t("rooms.details") }).click();
      await expect(page.getByRole("complementary", { name: t("rooms.details") })).toBeVisible();
      await expect(unreadOf(bruno, ana, 1)).toBeHidden();
    });
  });
}

test("where only I have written there is nothing to mark, and it says so", async ({
  pair: { ana, bruno, roomId },
}) => {
  const { page, t } = ana;
  await ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body: "Hola" });
  await visit(page, "/");
  await roomLineOf(ana, bruno).click({ button: "right" });
  await page.getByRole("menuitem", { name: t("rooms.markUnread") }).click();
  await expect(page.getByText(t("rooms.nothingUnread"))).toBeVisible();
});

test.use({ expectedNoise: [/the server responded with a status of 404/] });

test.describe("on a phone", () => {
  test.use(phone);

  test("a long press on a room opens its menu, and does not follow it", async ({
    pair: { ana, bruno, roomId },
  }) => {
    const { page, t } = bruno;
    await ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body: "Hola" });
    await visit(page, "/");
    const line = roomLineOf(bruno, ana);
    await longPress(line);
    const menu = page.getByRole("menu", { name: t("rooms.options", { name: ana.name }) });
    await expect(menu).toBeVisible();
    await line.dispatchEvent("pointerup", { pointerType: "touch", isPrimary: true });
    await line.dispatchEvent("click");
    await menu.getByRole("menuitem", { name: t("rooms.markRead") }).click();
    await expect(unreadOf(bruno, ana, 1)).toBeHidden();
    await expect(page).toHaveURL(/\/$/);
  });
});
