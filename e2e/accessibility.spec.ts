import { expectAccessible } from "./axe";
import { places } from "./devices";
import { composerOf, messageOf, openRequest, roomLineOf, visit, write } from "./person";
import { expect, test } from "./test";

for (const { title, options } of places) {
  test.describe(`axe finds nothing serious ${title}`, () => {
    test.use(options);

    test("before signing in", async ({ visitor }) => {
      const { page, t } = await visitor("Ana Funes");
      await visit(page, "/sign-in");
      await expectAccessible(page);
      await visit(page, "/sign-in?ended");
      await expectAccessible(page);
      await visit(page, "/register");
      await page.getByLabel(t("auth.password"), { exact: true }).fill("aaaaaaaa");
      await expect(page.getByText(t("auth.strengthWeak"))).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: t("auth.register") }).click();
      await expect(page.getByText(t("errors.fields.displayNameEmpty"))).toBeVisible();
      await expectAccessible(page);
    });

    test("with nobody to talk to yet", async ({ member }) => {
      const { page, t } = await member("Ana Funes");
      await visit(page, "/");
      await expect(
        page.getByRole("link", { name: t("rooms.findPeople") }).filter({ visible: true }),
      ).toBeVisible();
      await expectAccessible(page);
      await visit(page, "/contacts");
      await expect(page.getByText(t("contacts.noContacts"))).toBeVisible();
      await expectAccessible(page);
    });

    test("finding people, and in a request", async ({ member }) => {
      const ana = await member("Ana Funes");
      const bruno = await member("Bruno Paz");
      await visit(ana.page, "/contacts");
      await ana.page.getByRole("searchbox").fill(bruno.username);
      const add = ana.page.getByRole("button", { name: `${ana.t("contacts.add")}: ${bruno.name}` });
      await expect(add).toBeVisible();
      await expectAccessible(ana.page);
      await add.click();
      await expect(ana.page.getByText(ana.t("messages.emptyRequest"))).toBeVisible();
      await expectAccessible(ana.page);
      await write(ana, bruno, "Hola, ¿se puede?");

      await visit(bruno.page, "/");
      await openRequest(bruno, ana);
      await expect(messageOf(bruno, "Hola, ¿se puede?")).toBeVisible();
      await expectAccessible(bruno.page);
      await bruno.page.getByRole("button", { name: bruno.t("contacts.block"), exact: true }).click();
      await expect(bruno.page.getByRole("alertdialog")).toBeVisible();
      await expectAccessible(bruno.page);
    });

    test("in a group, opening it, its people and its links", async ({ pair: { ana, bruno }, member }) => {
      const { page, t } = ana;
      await visit(page, "/groups/new");
      await page.getByRole("checkbox", { name: bruno.name }).check({ force: true });
      await page.getByRole("button", { name: t("groups.create") }).click();
      await expect(page.getByText(t("errors.fields.titleEmpty"))).toBeVisible();
      await expectAccessible(page);
      await page.getByLabel(t("groups.title")).fill("Club de lectura");
      await page.getByRole("button", { name: t("groups.create") }).click();
      await page.getByRole("button", { name: t("rooms.details") }).click();
      const details = page.getByRole("complementary", { name: t("rooms.details") });
      await details.getByRole("listitem").getByRole("button", { expanded: false }).click();
      await page.getByRole("button", { name: t("notifications.mute") }).click();
      await expect(details.getByRole("button", { name: t("groups.makeAdmin") })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: t("groups.add") }).click();
      await expect(page.getByRole("dialog", { name: t("groups.add") })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: t("groups.invites") }).click();
      await page.getByRole("button", { name: t("groups.createInvite") }).click();
      const link = await page.getByRole("dialog").getByRole("list").getByRole("textbox").inputValue();
      await expectAccessible(page);

      await visit(bruno.page, new URL(link).pathname);
      await expect(bruno.page.getByRole("log")).toBeVisible();
      const guest = await member("Carla Ruiz");
      await visit(guest.page, link);
      await expect(guest.page.getByRole("button", { name: t("groups.join") })).toBeVisible();
      await expectAccessible(guest.page);
      await visit(guest.page, "/join/never-was");
      await expect(guest.page.getByRole("heading", { name: t("groups.joinGoneTitle") })).toBeVisible();
      await expectAccessible(guest.page);
    });

    test("in a room, its details, the search and the settings", async ({ pair: { ana, bruno, roomId } }) => {
      const { page, t } = ana;
      await visit(page, "/");
      await expect(roomLineOf(ana, bruno)).toBeVisible();
      await visit(page, `/r/${roomId}`);
      await visit(bruno.page, `/r/${roomId}`);
      await write(ana, bruno, "¿Viste esto? https://example.org/una/pagina");
      await write(bruno, ana, "👍");
      await write(bruno, ana, "Sí, y algo más");
      await expect(messageOf(ana, "Sí, y algo más")).toBeVisible();
      await composerOf(ana, bruno).fill("x".repeat(3900));
      await expectAccessible(page);
      await composerOf(ana, bruno).fill("");
      await page.getByRole("button", { name: t("rooms.details") }).click();
      await expect(page.getByRole("button", { name: t("contacts.remove") })).toBeVisible();
      await expectAccessible(page);
      await visit(page, "/settings");
      await expect(page.getByText(t("settings.currentSession"))).toBeVisible();
      await expectAccessible(page);
      await visit(page, "/contacts");
      await expect(
        page.getByRole("button", { name: t("contacts.message", { name: bruno.name }) }),
      ).toBeVisible();
      await expectAccessible(page);
    });

    test("in a message with everything, its menu, the emoji and the search", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t, api } = ana;
      const say = (body: string, replyToSeq?: number) =>
        api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body, replyToSeq });
      const { seq } = await say(
        "**Uno** con `código` y @alguien:\n```ts\nconst n = 1; // nada\n```\n> citado\n- punto",
      );
      await say("Una respuesta", seq);
      for (const person of [ana, bruno]) {
        await person.api.messages.react.mutate({ roomId, seq, emoji: "🎉", on: true });
      }
      await api.messages.delete.mutate({ roomId, seq: (await say("Nada")).seq });
      await visit(page, `/r/${roomId}`);
      await expect(page.locator("pre span").first()).toBeVisible();
      await expectAccessible(page);

      await page.getByRole("log").focus();
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      await expect(messageOf(ana, "Una respuesta")).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(page.getByRole("menu")).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(messageOf(ana, "Una respuesta")).toBeFocused();
      await page.keyboard.press("+");
      await expect(page.getByRole("gridcell").first()).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(messageOf(ana, "Una respuesta")).toBeFocused();
      await page.keyboard.press("r");
      await expect(page.getByRole("button", { name: t("messages.cancelReply") })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: t("rooms.searchRoom") }).click();
      await page.getByRole("combobox", { name: t("messages.search.title") }).fill("respuesta");
      await expect(page.locator("mark")).toBeVisible();
      await expectAccessible(page);
    });
  });
}
