import { send } from "./attach";
import { expectAccessible } from "./axe";
import { places } from "./devices";
import { choose } from "./message-menu";
import {
  backToList,
  composerOf,
  goToRoom,
  messageOf,
  messagesOf,
  type Person,
  roomLineOf,
  visit,
} from "./person";
import { expect, test } from "./test";

const aimOf = ({ page }: Person) => page.locator("form").filter({ has: page.getByRole("textbox") });

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("an answer keeps its words and what it answers, in another room and after a reload", async ({
      pair: { ana, bruno, roomId },
      member,
    }) => {
      const { page, t } = ana;
      const carla = await member("Carla Ríos");
      await ana.api.contacts.add.mutate({ username: carla.username });
      await bruno.api.messages.send.mutate({
        roomId,
        clientId: crypto.randomUUID(),
        body: "¿vas **mañana**?",
      });
      await visit(page, `/r/${roomId}`);
      await choose(ana, messageOf(ana, "¿vas mañana?"), t("messages.reply"));
      const composer = composerOf(ana, bruno);
      await composer.pressSequentially("creo que");
      await expect(aimOf(ana)).toContainText("¿vas mañana?");

      await goToRoom(ana, carla);
      await expect(composerOf(ana, carla)).toHaveValue("");
      await expect(aimOf(ana)).not.toContainText("¿vas mañana?");
      await backToList(ana);
      await expect(roomLineOf(ana, bruno)).toContainText("creo que");
      await roomLineOf(ana, bruno).click();
      await expect(composer).toHaveValue("creo que");
      await expect(aimOf(ana)).toContainText("¿vas mañana?");

      await page.reload();
      await expect(composer).toHaveValue("creo que");
      await expect(aimOf(ana)).toContainText("¿vas mañana?");
      await expectAccessible(page);

      await composer.press("Escape");
      await expect(page.getByRole("button", { name: t("messages.cancelReply") })).toHaveCount(0);
      await expect(composer).toHaveValue("creo que");
      await page.reload();
      await expect(composer).toHaveValue("creo que");
      await expect(page.getByRole("button", { name: t("messages.cancelReply") })).toHaveCount(0);

      await choose(ana, messageOf(ana, "¿vas mañana?"), t("messages.reply"));
      await composer.press("End");
      await composer.pressSequentially(" sí");
      await page.reload();
      await expect(aimOf(ana)).toContainText("¿vas mañana?");
      await send(ana);
      await expect(composer).toHaveValue("");
      const answer = messagesOf(ana).filter({ hasText: "creo que sí" });
      await expect(
        answer.getByRole("button", { name: t("messages.goToQuoted", { name: bruno.name }) }),
      ).toBeVisible();
      await page.reload();
      await expect(answer).toBeVisible();
      await expect(composer).toHaveValue("");
      expect(
        await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("draft"))),
      ).toEqual([]);
    });
  });
}

for (const { title, options } of places) {
  test(`a correction survives a reload, ${title}, beside the message that was begun`, async ({ member }) => {
    const ana = await member("Ana Funes", options);
    const bruno = await member("Bruno Paz");
    const { page, t } = ana;
    const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
    await ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body: "a las sinco" });
    await visit(page, `/r/${roomId}`);
    const composer = composerOf(ana, bruno);
    await composer.fill("otra cosa");
    await messageOf(ana, "a las sinco").focus();
    await page.keyboard.press("e");
    await expect(composer).toHaveValue("a las sinco");
    await composer.fill("a las cinco en punto");

    await page.reload();
    await expect(composer).toHaveValue("a las cinco en punto");
    await expect(page.getByText(t("messages.editing"))).toBeVisible();
    await expect(aimOf(ana)).toContainText("a las sinco");

    await composer.press("Escape");
    await expect(composer).toHaveValue("otra cosa");
    await page.getByRole("button", { name: t("messages.undo") }).click();
    await expect(composer).toHaveValue("a las cinco en punto");
    await page.getByRole("button", { name: t("messages.saveEdit") }).click();
    await expect(messagesOf(ana)).toContainText("a las cinco en punto");
    await expect(composer).toHaveValue("otra cosa");
  });
}

test("a correction that was saved is no draft, though the page ended before it knew", async ({
  pair: { ana, bruno, roomId },
}) => {
  const { page, t } = ana;
  await ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body: "a las sinco" });
  await visit(page, `/r/${roomId}`);
  const composer = composerOf(ana, bruno);
  const correct = async (text: string): Promise<void> => {
    await composer.press("ArrowUp");
    await composer.fill(text);
    await composer.press("Enter");
  };
  // The server hears of it; its answer never comes.
  let heard = 0;
  await page.route(/messages\.edit/, async (route) => {
    await route.fetch();
    heard += 1;
  });
  await correct("a las cinco");
  await expect.poll(() => heard).toBe(1);
  await page.reload();
  await expect(messagesOf(ana)).toContainText("a las cinco");
  await expect(page.getByText(t("messages.editing"))).toHaveCount(0);
  await expect(composer).toHaveValue("");
  await page.reload();
  await expect(messagesOf(ana)).toContainText("a las cinco");
  await expect(composer).toHaveValue("");

  // The server does not hear of it: nothing is lost.
  await page.unroute(/messages\.edit/);
  await page.route(/messages\.edit/, () => {
    heard += 1;
  });
  await correct("a las cinco y media");
  await expect.poll(() => heard).toBe(2);
  await page.reload();
  await expect(composer).toHaveValue("a las cinco y media");
  await expect(page.getByText(t("messages.editing"))).toBeVisible();
  await page.unroute(/messages\.edit/);
  await composer.press("Enter");
  await expect(messagesOf(ana)).toContainText("a las cinco y media");
});

/** Keeps the database of what is on its way busy, as a slow disk does, until the page ends. */
const holdOutbox = async ({ page }: Person): Promise<void> => {
  await page.evaluate(async () => {
    const { name = "" } =
      (await indexedDB.databases()).find((one) => one.name?.startsWith("charla:outbox:")) ?? {};
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
    });
    const outgoing = database.transaction("outgoing", "readwrite").objectStore("outgoing");
    const goOn = (): void => {
      outgoing.count().onsuccess = goOn;
    };
    goOn();
  });
};

test("words stay a draft until they are kept as a message on its way", async ({
  pair: { ana, bruno, roomId },
}) => {
  const { page } = ana;
  await visit(page, `/r/${roomId}`);
  const composer = composerOf(ana, bruno);
  await holdOutbox(ana);
  await composer.fill("que no se pierda");
  await composer.press("Enter");
  await expect(composer).toHaveValue("");
  await expect(messageOf(ana, "que no se pierda")).toBeVisible();

  await page.reload();
  await expect(composer).toHaveValue("que no se pierda");
  await expect(messagesOf(ana)).toHaveCount(0);
  await composer.press("Enter");
  await expect(messagesOf(ana)).toHaveAccessibleName(new RegExp(ana.t("messages.delivery.sent")));
  await page.reload();
  await expect(messagesOf(ana)).toHaveCount(1);
  await expect(composer).toHaveValue("");
});
