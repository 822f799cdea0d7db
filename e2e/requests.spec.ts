import { places } from "./devices";
import {
  backToList,
  composerOf,
  messageOf,
  openRequest,
  requestsOf,
  roomLineOf,
  visit,
  write,
} from "./person";
import { expect, test } from "./test";

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("who is blocked from a request learns nothing, and nothing of theirs arrives until they are unblocked", async ({
      member,
    }) => {
      const ana = await member("Ana Funes");
      const bruno = await member("Bruno Paz");
      const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
      await visit(ana.page, `/r/${roomId}`);
      await visit(bruno.page, "/");
      await write(ana, bruno, "¿Me contestás?");
      await openRequest(bruno, ana);
      await expect(messageOf(bruno, "¿Me contestás?")).toBeVisible();
      // A request tells its sender neither that somebody is there nor that it was read.
      await expect(messageOf(ana, "¿Me contestás?")).toHaveAccessibleName(
        new RegExp(`${ana.t("messages.delivery.sent")}$`),
      );
      await backToList(ana);
      await expect(roomLineOf(ana, bruno)).not.toHaveAccessibleName(new RegExp(ana.t("contacts.online")));
      await roomLineOf(ana, bruno).click();

      const { page, t } = bruno;
      await page.getByRole("button", { name: t("contacts.block"), exact: true }).click();
      const dialog = page.getByRole("alertdialog", { name: t("contacts.blockTitle", { name: ana.name }) });
      await dialog.getByRole("button", { name: t("common.cancel") }).click();
      await expect(dialog).toBeHidden();
      await page.getByRole("button", { name: t("contacts.block"), exact: true }).click();
      await dialog.getByRole("button", { name: t("contacts.block") }).click();
      await expect(page.getByText(t("contacts.blocked", { name: ana.name }))).toBeVisible();
      await expect(requestsOf(bruno)).toBeHidden();
      await expect(
        page
          .getByRole("heading", { name: t("rooms.welcomeTitle", { name: bruno.name }) })
          .filter({ visible: true }),
      ).toBeVisible();

      await write(ana, bruno, "¿Estás ahí?");
      await expect(messageOf(ana, "¿Estás ahí?")).toHaveAccessibleName(
        new RegExp(`${ana.t("messages.delivery.sent")}$`),
      );
      await visit(page, "/contacts");
      await page.getByRole("button", { name: new RegExp(t("contacts.unblock")) }).click();
      await expect(page.getByText(t("contacts.unblocked", { name: ana.name }))).toBeVisible();
      await write(ana, bruno, "Última vez");
      await visit(page, "/");
      await openRequest(bruno, ana);
      await expect(messageOf(bruno, "Última vez")).toBeVisible();
      await expect(messageOf(bruno, "¿Estás ahí?")).toBeHidden();
    });

    test("an answer accepts a request", async ({ member }) => {
      const ana = await member("Ana Funes");
      const bruno = await member("Bruno Paz");
      const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
      await visit(ana.page, `/r/${roomId}`);
      await expect(ana.page.getByText(ana.t("messages.emptyRequest"))).toBeVisible();
      await write(ana, bruno, "Hola, Bruno");
      await visit(bruno.page, "/");
      await openRequest(bruno, ana);
      await write(bruno, ana, "Hola, Ana");
      await expect(requestsOf(bruno)).toBeHidden();
      await expect(messageOf(ana, "Hola, Ana")).toBeVisible();
      await backToList(ana);
      await expect(roomLineOf(ana, bruno)).toHaveAccessibleName(new RegExp(ana.t("contacts.online")));
    });

    test("a contact that is removed leaves the room where it is", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t } = ana;
      await visit(page, `/r/${roomId}?details`);
      await page.getByRole("button", { name: t("contacts.remove") }).click();
      await page
        .getByRole("alertdialog")
        .getByRole("button", { name: t("contacts.remove") })
        .click();
      await expect(page.getByRole("button", { name: t("contacts.addToContacts") })).toBeVisible();
      await page.getByRole("button", { name: t("common.close") }).click();
      await expect(composerOf(ana, bruno)).toBeVisible();
      await backToList(ana);
      await expect(roomLineOf(ana, bruno)).toBeVisible();
    });
  });
}
