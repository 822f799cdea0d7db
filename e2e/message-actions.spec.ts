import type { Route } from "@playwright/test";
import { places } from "./devices";
import { barOf, choose, openMenu } from "./message-menu";
import { composerOf, messageOf, timelineOf, visit, write } from "./person";
import { expect, test } from "./test";

test.beforeEach(async ({ pair: { ana, bruno, roomId } }) => {
  await visit(ana.page, `/r/${roomId}`);
  await visit(bruno.page, `/r/${roomId}`);
  await write(ana, bruno, "¿Vamos al cerro?");
  await expect(messageOf(bruno, "¿Vamos al cerro?")).toBeVisible();
});

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("a reply quotes what it answers, on both screens, and leads there", async ({
      pair: { ana, bruno },
    }) => {
      const { page, t } = bruno;
      await choose(bruno, messageOf(bruno, "¿Vamos al cerro?"), t("messages.reply"));
      await expect(composerOf(bruno, ana)).toBeFocused();
      await page.getByRole("button", { name: t("messages.cancelReply") }).click();
      await expect(page.getByRole("button", { name: t("messages.cancelReply") })).toBeHidden();

      await choose(bruno, messageOf(bruno, "¿Vamos al cerro?"), t("messages.reply"));
      await write(bruno, ana, "Sí, el sábado");
      for (const person of [ana, bruno]) {
        const reply = messageOf(person, "Sí, el sábado");
        const quote = reply.getByRole("button", {
          name: person.t("messages.goToQuoted", { name: ana.name }),
        });
        await expect(quote).toContainText("¿Vamos al cerro?");
        await quote.click();
        await expect(messageOf(person, "¿Vamos al cerro?").first()).toBeInViewport();
      }
    });

    test("reactions come and go on both screens", async ({ pair: { ana, bruno } }) => {
      const { page, t } = bruno;
      const menu = await openMenu(bruno, messageOf(bruno, "¿Vamos al cerro?"));
      await menu.getByRole("menuitem", { name: "👍" }).click();
      const mine = messageOf(bruno, "¿Vamos al cerro?").getByRole("button", { name: /👍/, pressed: true });
      await expect(mine).toHaveText("👍1");
      const theirs = messageOf(ana, "¿Vamos al cerro?").getByRole("button", { name: /👍/ });
      await expect(theirs).toHaveAttribute("aria-pressed", "false");
      await theirs.click();
      await expect(mine).toHaveText("👍2");

      await choose(bruno, messageOf(bruno, "¿Vamos al cerro?"), t("messages.moreReactions"));
      await page.getByRole("searchbox", { name: t("messages.emojiSearch") }).fill("panda");
      await expect(page.getByRole("gridcell")).toHaveText(["🐼"]);
      await page.keyboard.press("Enter");
      await expect(messageOf(ana, "¿Vamos al cerro?").getByRole("button", { name: /🐼/ })).toBeVisible();
      await mine.click();
      await expect(messageOf(ana, "¿Vamos al cerro?").getByRole("button", { name: /👍/ })).toHaveText("👍1");
    });

    test("a message can be corrected, with the draft left alone, and deleted for both", async ({
      pair: { ana, bruno },
    }) => {
      const { page, t } = ana;
      const composer = composerOf(ana, bruno);
      await composer.fill("un borrador");
      await choose(ana, messageOf(ana, "¿Vamos al cerro?"), t("messages.edit"));
      await composer.fill("¿Vamos al río?");
      await page.getByRole("button", { name: t("messages.saveEdit") }).click();
      await expect(composer).toHaveValue("un borrador");
      for (const person of [ana, bruno]) {
        const message = timelineOf(person).getByRole("article").filter({ hasText: "¿Vamos al río?" });
        await expect(message).toContainText(person.t("messages.edited"));
      }

      const message = timelineOf(ana).getByRole("article").filter({ hasText: "¿Vamos al río?" });
      await choose(ana, message, t("messages.delete"));
      const dialog = page.getByRole("alertdialog", { name: t("messages.deleteTitle") });
      await dialog.getByRole("button", { name: t("messages.deleteForAll") }).click();
      for (const person of [ana, bruno]) {
        await expect(messageOf(person, person.t("messages.deleted"))).toBeVisible();
      }
    });

    test("a link to a message opens the room there, and one scrolls both ways from it", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, api } = ana;
      const say = (body: string) => api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body });
      const many = (name: string) => Array.from({ length: 60 }, (_, n) => `${name} ${n}`);
      await Promise.all(many("Antes").map(say));
      const { seq } = await say("Aquí mismo");
      await Promise.all(many("Después").map(say));
      const { seq: last } = await say("Lo último");
      expect(last - seq).toBe(61);

      await visit(page, `/r/${roomId}?m=${seq}`);
      await expect(messageOf(ana, "Aquí mismo")).toBeInViewport();
      // Which is what one copies from the message's menu.
      await ana.browser.grantPermissions(["clipboard-read", "clipboard-write"]);
      await choose(ana, messageOf(ana, "Aquí mismo"), ana.t("messages.copyLink"));
      await expect(page.getByText(ana.t("messages.linkCopied"))).toBeVisible();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
      // Each time that one arrives at the top, there is more above it, until there is not.
      await expect(async () => {
        await timelineOf(ana).evaluate((log) => log.scrollTo(0, 0));
        await expect(messageOf(ana, "¿Vamos al cerro?")).toBeVisible({ timeout: 1_000 });
      }).toPass();
      await page.getByRole("button", { name: new RegExp(ana.t("messages.jumpToLatest")) }).click();
      await expect(messageOf(ana, "Lo último")).toBeInViewport();
      await expect(composerOf(ana, bruno)).toBeVisible();
    });
  });
}

test("at a desk a bar comes with the pointer", async ({ pair: { ana, bruno } }) => {
  const { page, t } = bruno;
  const message = messageOf(bruno, "¿Vamos al cerro?");
  await (await barOf(bruno, message)).getByRole("button", { name: t("messages.reply") }).click();
  await expect(composerOf(bruno, ana)).toBeFocused();
  await expect(page.getByRole("button", { name: t("messages.cancelReply") })).toBeVisible();
  await page.keyboard.press("Escape");
  await (await barOf(bruno, message)).getByRole("button", { name: t("messages.react") }).click();
  await page.getByRole("searchbox", { name: t("messages.emojiSearch") }).fill("montana con nieve");
  await expect(page.getByRole("gridcell")).toHaveText(["🏔️"]);
  await page.keyboard.press("Enter");
  await expect(messageOf(ana, "¿Vamos al cerro?").getByRole("button", { name: /🏔/ })).toBeVisible();
});

test("what was sent a moment ago is corrected as soon as it has arrived", async ({
  pair: { ana, bruno },
}) => {
  const { page, t } = ana;
  const composer = composerOf(ana, bruno);
  const held: Route[] = [];
  await page.route(/messages\.send/, (route) => void held.push(route));
  const letGo = async (): Promise<void> => {
    await expect.poll(() => held.length).toBe(1);
    await held.pop()?.continue();
  };
  await write(ana, bruno, "nos vemos mañna");
  await composer.press("ArrowUp");
  // Not the one before it.
  await expect(composer).toHaveValue("");
  await letGo();
  await expect(composer).toHaveValue("nos vemos mañna");
  await composer.fill("nos vemos mañana");
  await composer.press("Enter");
  await expect(timelineOf(bruno)).toContainText("nos vemos mañana");

  // Who writes on meanwhile is not disturbed.
  await write(ana, bruno, "otra más");
  await composer.press("ArrowUp");
  await composer.pressSequentially("y");
  await composer.press("Backspace");
  await letGo();
  await expect(messageOf(bruno, "otra más")).toBeVisible();
  await expect(messageOf(ana, "otra más")).toHaveAccessibleName(new RegExp(t("messages.delivery.read")));
  await expect(composer).toHaveValue("");
});

test("everything by the keys alone", async ({ pair: { ana, bruno } }) => {
  const { page, t } = bruno;
  const message = messageOf(bruno, "¿Vamos al cerro?");
  await timelineOf(bruno).focus();
  await page.keyboard.press("ArrowUp");
  await expect(message).toBeFocused();
  await page.keyboard.press("r");
  await expect(composerOf(bruno, ana)).toBeFocused();
  await page.keyboard.type("Dale");
  await page.keyboard.press("Enter");
  const mine = timelineOf(bruno).getByRole("article").filter({ hasText: "Dale" });
  await expect(mine).toContainText("¿Vamos al cerro?");
  await expect(mine).toHaveAccessibleName(new RegExp(t("messages.delivery.read")));

  await page.keyboard.press("ArrowUp");
  await expect(composerOf(bruno, ana)).toHaveValue("Dale");
  await page.keyboard.press("Escape");
  await expect(composerOf(bruno, ana)).toHaveValue("");

  await timelineOf(bruno).focus();
  await page.keyboard.press("ArrowUp");
  await expect(mine).toBeFocused();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("menu", { name: t("messages.actions") });
  await expect(menu).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(mine).toBeFocused();
  await page.keyboard.press("e");
  await page.keyboard.type(", va");
  await page.keyboard.press("Enter");
  await expect(mine).toContainText("Dale, va");

  await timelineOf(bruno).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Delete");
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: t("messages.deleteForAll") })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(messageOf(bruno, t("messages.deleted"))).toBeVisible();
});
