import type { Locator } from "@playwright/test";
import { expectAccessible } from "./axe";
import { places } from "./devices";
import { expect, keptIn, test } from "./line";
import { choose } from "./message-menu";
import { composerOf, messageOf, type Person, roomLineOf, visit, write } from "./person";
import { longPress } from "./touch";

const group = { name: "Club de lectura" };

test.use({
  expectedNoise: [/net::ERR_|WebSocket connection .* failed|error occurred when fetching|status of 4\d\d/],
});

/** Has axe look at what has just opened, and closes it. */
const expectDialog = async ({ page }: Person, dialog: Locator): Promise<void> => {
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
};

for (const { title, options } of places) {
  test.describe(`axe finds nothing serious ${title}`, () => {
    test.use(options);
    test.slow();

    test("where a group asks and offers", async ({ pair: { ana, bruno } }) => {
      const user = await bruno.api.auth.me.query();
      const { roomId } = await ana.api.groups.create.mutate({ title: group.name, userIds: [user.id] });
      await ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body: "Hola a todos" });
      for (const { page } of [ana, bruno]) await visit(page, `/r/${roomId}?details`);
      const { page, t } = ana;
      const details = page.getByRole("complementary", { name: t("rooms.details") });
      await details.getByRole("button", { name: t("groups.rename") }).click();
      await expectDialog(ana, page.getByRole("dialog", { name: t("groups.rename") }));
      await details.getByRole("listitem").getByRole("button", { name: bruno.name }).click();
      for (const action of ["remove", "makeOwner"] as const) {
        await details.getByRole("button", { name: t(`groups.${action}`), exact: true }).click();
        await expectDialog(
          ana,
          page.getByRole("alertdialog", { name: t(`groups.${action}Title`, { name: bruno.name }) }),
        );
      }
      await bruno.page.getByRole("button", { name: bruno.t("groups.leave") }).click();
      await expectDialog(bruno, bruno.page.getByRole("alertdialog"));

      await visit(page, `/r/${roomId}`);
      await composerOf(ana, group).pressSequentially("Hola @bru");
      await expect(page.getByRole("option", { name: bruno.name })).toBeVisible();
      await expectAccessible(page);
      await composerOf(ana, group).fill("");
      await choose(ana, messageOf(ana, "Hola a todos"), t("messages.seenBy"));
      await expectDialog(ana, page.getByRole("dialog", { name: t("messages.seenBy") }));
    });

    test("where a message is corrected and deleted, and one is away from the end", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t } = ana;
      const say = ({ api }: Person, body: string) =>
        api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body });
      await say(ana, "Lo primero");
      for (let n = 0; n < 40; n++) await say(bruno, `Relleno ${n}`);
      await visit(page, `/r/${roomId}?m=1`);
      await expect(page.getByRole("button", { name: new RegExp(t("messages.jumpToLatest")) })).toBeVisible();
      await expectAccessible(page);
      await choose(ana, messageOf(ana, "Lo primero"), t("messages.edit"));
      await expect(page.getByText(t("messages.editing"))).toBeVisible();
      await expectAccessible(page);
      await composerOf(ana, bruno).press("Escape");
      await choose(ana, messageOf(ana, "Lo primero"), t("messages.delete"));
      await expectDialog(ana, page.getByRole("alertdialog", { name: t("messages.deleteTitle") }));
      await choose(ana, messageOf(ana, "Relleno 0"), t("messages.deleteForMe"));
      await expect(page.getByRole("button", { name: t("messages.undo") })).toBeVisible();
      await expectAccessible(page);
    });

    test("in the list of rooms, about a contact, and with somebody blocked", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t, hasTouch } = ana;
      await visit(page, "/");
      const line = roomLineOf(ana, bruno);
      await (hasTouch ? longPress(line) : line.click({ button: "right" }));
      await expectDialog(ana, page.getByRole("menu", { name: t("rooms.options", { name: bruno.name }) }));
      await visit(page, `/r/${roomId}?details`);
      await page.getByRole("button", { name: t("contacts.remove") }).click();
      await expectDialog(
        ana,
        page.getByRole("alertdialog", { name: t("contacts.removeTitle", { name: bruno.name }) }),
      );
      const { id: userId } = await bruno.api.auth.me.query();
      await ana.api.contacts.block.mutate({ userId });
      await visit(page, `/r/${roomId}`);
      await expect(page.getByText(t("rooms.blockedBanner", { name: bruno.name }))).toBeVisible();
      await expectAccessible(page);
      await visit(page, "/contacts");
      await expect(page.getByText(t("contacts.blockedList"))).toBeVisible();
      await expectAccessible(page);
    });

    test("without a connection, where a message waits", async ({ pair: { ana, bruno, roomId }, line }) => {
      const { page, t } = ana;
      await visit(page, `${line.url}/r/${roomId}`);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await expect.poll(() => keptIn(page)).toContain(ana.username);
      line.cut();
      await write(ana, bruno, "No sale");
      await expect(messageOf(ana, "No sale")).toHaveAccessibleName(
        new RegExp(t("messages.delivery.waiting")),
      );
      await expect(page.getByRole("status").filter({ hasText: t("common.reconnecting") })).toBeVisible();
      await expectAccessible(page);
      await page.goto(`${line.url}/join/some-invite`);
      await expect(page.getByRole("heading", { name: t("common.offlineTitle") })).toBeVisible();
      await expectAccessible(page);
    });

    test("where a message was refused, and signing out would lose it", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, browser, t } = ana;
      const isSend = /messages\.send/;
      await browser.route(isSend, (route) => route.abort());
      await visit(page, `/r/${roomId}`);
      await write(ana, bruno, "¿Seguís ahí?");
      await expect(messageOf(ana, "¿Seguís ahí?")).toBeVisible();
      await bruno.api.account.delete.mutate({ password: bruno.password });
      await expect(page.getByText(t("rooms.closed"))).toBeVisible();
      await browser.unroute(isSend);
      await expect(page.getByRole("button", { name: t("messages.resend") })).toBeVisible({ timeout: 30_000 });
      await expectAccessible(page);
      await visit(page, "/settings");
      await page.getByRole("button", { name: t("settings.signOut"), exact: true }).click();
      await expectDialog(
        ana,
        page.getByRole("alertdialog", { name: t("settings.signOutUnsentTitle", { count: 1 }) }),
      );
    });

    test("where there is nothing", async ({ member }) => {
      const { page, t } = await member("Ana Funes");
      for (const path of ["/no-such-page", "/r/5f4a7c9e-52c3-4b1a-9b1c-0b6c6f6d8a11"]) {
        await visit(page, path);
        await expect(page.getByRole("heading", { name: t("common.notFoundTitle") })).toBeVisible();
        await expectAccessible(page);
      }
    });
  });
}
