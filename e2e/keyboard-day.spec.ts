import { randomUUID } from "node:crypto";
import { note, trayOf } from "./attach";
import { expectAccessible } from "./axe";
import { catalogueOf } from "./catalogue";
import { expectFocusSeen, tabAndPress, tabTo } from "./keys";
import { composerOf, messagesOf, type Person, roomLineOf, timelineOf, untilUsable, visit } from "./person";
import { expect, test } from "./test";

/** The first message that has this in it; a later one may quote it. */
const saying = (person: Person, text: string) => messagesOf(person).filter({ hasText: text }).first();

/** Goes from the composer into the messages, up to the one that says this. */
const climbTo = async (person: Person, text: string): Promise<void> => {
  await tabTo(person, timelineOf(person), "Shift+Tab");
  await expectFocusSeen(person);
  const message = saying(person, text);
  for (let presses = 0; presses < 10; presses++) {
    await person.page.keyboard.press("ArrowUp");
    if (await message.evaluate((row) => row === document.activeElement)) break;
  }
  await expect(message).toBeFocused();
  await expectFocusSeen(person);
};

test("a whole day by keyboard alone", async ({ visitor, member }) => {
  test.setTimeout(240_000);
  const ana = await visitor("Ana Funes");
  const bruno = await member("Bruno Paz");
  const carla = await member("Carla Ruiz");
  const { page, t } = ana;
  const { keyboard } = page;
  const group = { name: "Club de lectura" };
  const link = (name: string) => page.getByRole("link", { name, exact: true });
  const button = (name: string) => page.getByRole("button", { name, exact: true });

  await test.step("registers", async () => {
    await visit(page, "/sign-in");
    await expectAccessible(page);
    await tabAndPress(ana, link(t("auth.register")));
    await expect(page).toHaveURL(/\/register$/);
    await untilUsable(page);
    await tabTo(ana, page.getByLabel(t("auth.displayName"), { exact: true }));
    await keyboard.type(ana.name);
    await keyboard.press("Tab");
    await keyboard.type(ana.username);
    await keyboard.press("Tab");
    await keyboard.type(ana.password);
    await expectAccessible(page);
    await expectFocusSeen(ana);
    await keyboard.press("Enter");
    await expect(page).toHaveURL(/\/$/);
    await untilUsable(page);
    await expectAccessible(page);
  });

  await test.step("finds somebody and writes", async () => {
    await tabAndPress(ana, page.getByRole("link", { name: t("rooms.findPeople") }).filter({ visible: true }));
    await expect(page.getByRole("searchbox", { name: t("contacts.searchLabel") })).toBeFocused();
    await keyboard.type(bruno.username);
    const add = button(`${t("contacts.add")}: ${bruno.name}`);
    await expect(add).toHaveCount(1); // whoever else was found by the first letters is gone
    await tabTo(ana, add);
    await expectFocusSeen(ana);
    await keyboard.press("Enter");
    await expect(composerOf(ana, bruno)).toBeFocused();
    await keyboard.type("Hola, Bruna");
    await keyboard.press("Enter");
    await expect(saying(ana, "Hola, Bruna")).toHaveAccessibleName(new RegExp(t("messages.delivery.sent")));
    await expectFocusSeen(ana);
  });

  await test.step("corrects", async () => {
    await keyboard.press("ArrowUp");
    await expect(composerOf(ana, bruno)).toHaveValue("Hola, Bruna");
    await keyboard.press("End");
    await keyboard.press("Backspace");
    await keyboard.type("o");
    await keyboard.press("Enter");
    await expect(saying(ana, "Hola, Bruno")).toContainText(t("messages.edited"));
    await expect(composerOf(ana, bruno)).toBeFocused();
  });

  const { roomId } = await bruno.api.contacts.add.mutate({ username: ana.username });
  await bruno.api.messages.send.mutate({ roomId, clientId: randomUUID(), body: "¿Vienes el jueves?" });

  await test.step("replies and reacts", async () => {
    await expect(saying(ana, "¿Vienes el jueves?")).toBeVisible();
    await climbTo(ana, "¿Vienes el jueves?");
    await keyboard.press("r");
    await expect(composerOf(ana, bruno)).toBeFocused();
    await keyboard.type("Claro que sí");
    await keyboard.press("Enter");
    await expect(
      saying(ana, "Claro que sí").getByRole("button", {
        name: t("messages.goToQuoted", { name: bruno.name }),
      }),
    ).toBeVisible();
    await expectFocusSeen(ana);

    await climbTo(ana, "Hola, Bruno");
    await keyboard.press("ArrowDown");
    await keyboard.press("+");
    await expect(page.getByRole("searchbox", { name: t("messages.emojiSearch") })).toBeFocused();
    await expect(page.getByRole("gridcell").first()).toBeVisible();
    await expectAccessible(page);
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await expect(page.getByRole("searchbox", { name: t("messages.emojiSearch") })).toBeHidden();
    await expect(page.getByRole("button", { pressed: true })).toBeVisible();
    await expectFocusSeen(ana);
    await keyboard.press("Enter");
    await expect(page.getByRole("menu")).toBeFocused();
    await keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitem").first()).toBeFocused();
    await expectFocusSeen(ana);
    await expectAccessible(page);
    await keyboard.press("Escape");
    await expectFocusSeen(ana);
    await keyboard.press("Escape");
    await expect(composerOf(ana, bruno)).toBeFocused();
  });

  await test.step("jumps to a person and searches a word", async () => {
    await carla.api.contacts.add.mutate({ username: ana.username });
    await keyboard.press("Control+k");
    await expect(page.getByRole("combobox")).toBeFocused();
    await keyboard.type(carla.username);
    await expect(page.getByRole("option", { name: new RegExp(carla.name) })).toBeVisible();
    await expectAccessible(page);
    await keyboard.press("Enter");
    await expect(composerOf(ana, carla)).toBeFocused();

    await keyboard.press("Control+k");
    await expect(page.getByRole("combobox")).toBeFocused();
    await keyboard.type("jueves");
    const found = page.getByRole("option").filter({ hasText: "¿Vienes el jueves?" });
    await expect(found).toHaveAttribute("aria-selected", "true");
    await keyboard.press("Enter");
    await expect(saying(ana, "¿Vienes el jueves?")).toBeInViewport();
    await expectFocusSeen(ana);
  });

  await test.step("opens a group, adds somebody, mentions them", async () => {
    await tabAndPress(ana, link(t("rooms.newChat")));
    await expectAccessible(page);
    await tabAndPress(ana, page.getByRole("link", { name: t("groups.new") }));
    await expect(page.getByLabel(t("groups.title"))).toBeFocused();
    await keyboard.type(group.name);
    await tabAndPress(ana, page.getByRole("checkbox", { name: bruno.name }), "Space");
    await expectFocusSeen(ana);
    await expectAccessible(page);
    await tabAndPress(ana, button(t("groups.create")));
    await expect(composerOf(ana, group)).toBeFocused();

    await tabAndPress(ana, button(t("rooms.details")));
    const details = page.getByRole("complementary", { name: t("rooms.details") });
    await expect(details).toBeVisible();
    await tabAndPress(ana, details.getByRole("button", { name: t("groups.add") }));
    const dialog = page.getByRole("dialog", { name: t("groups.add") });
    await expect(dialog).toBeVisible();
    await expectFocusSeen(ana);
    await expectAccessible(page);
    await tabTo(ana, dialog.getByRole("searchbox"));
    await keyboard.type(carla.username);
    await tabAndPress(ana, dialog.getByRole("checkbox", { name: carla.name }), "Space");
    await tabAndPress(ana, dialog.getByRole("button", { name: t("groups.addPicked", { count: 1 }) }));
    await expect(dialog).toBeHidden();
    await expect(details.getByText(carla.name)).toBeVisible();
    await expectFocusSeen(ana);

    await tabAndPress(ana, button(t("notifications.mute")));
    await tabTo(ana, button(t("notifications.hours", { count: 8 })));
    await expectFocusSeen(ana);
    await keyboard.press("Enter");
    await expect(button(t("notifications.unmute"))).toBeVisible();
    await expectFocusSeen(ana);
    await keyboard.press("Escape");
    await expect(details).toBeHidden();
    await expectFocusSeen(ana);

    await tabTo(ana, composerOf(ana, group));
    await keyboard.type("Hola, @carl");
    await expect(page.getByRole("option", { name: new RegExp(carla.name) })).toBeVisible();
    await keyboard.press("Enter");
    await keyboard.type("¿qué leemos?");
    await expect(composerOf(ana, group)).toHaveValue(`Hola, @${carla.username} ¿qué leemos?`);
    await keyboard.press("Enter");
    await expect(saying(ana, "¿qué leemos?")).toBeVisible();
  });

  await test.step("sends a file", async () => {
    await tabTo(ana, button(t("messages.files.attach")), "Shift+Tab");
    await expectFocusSeen(ana);
    const chooser = page.waitForEvent("filechooser", { timeout: 20_000 });
    await keyboard.press("Enter");
    await (await chooser).setFiles({ name: note.name, mimeType: note.type, buffer: note.bytes });
    await expect(trayOf(ana).getByRole("listitem")).toHaveCount(1);
    await tabTo(ana, composerOf(ana, group));
    await keyboard.press("Enter");
    await expect(saying(ana, note.name)).toBeVisible();
    await expectFocusSeen(ana);
  });

  await test.step("changes theme, password and language, and signs out", async () => {
    await tabAndPress(ana, link(t("settings.title")), "Enter");
    await expect(page).toHaveURL(/\/settings$/);
    await expectAccessible(page);
    const theme = (name: "themeSystem" | "themeLight" | "themeDark") =>
      page.getByRole("radio", { name: t(`settings.${name}`) });
    await tabTo(ana, theme("themeSystem"));
    await expectFocusSeen(ana);
    await keyboard.press("ArrowRight");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    await keyboard.press("ArrowRight");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expectFocusSeen(ana);

    await tabTo(ana, page.getByLabel(t("settings.currentPassword"), { exact: true }));
    await keyboard.type(ana.password);
    await tabTo(ana, page.getByLabel(t("settings.newPassword"), { exact: true }));
    await keyboard.type("una escalera de caracol sin luz");
    await keyboard.press("Enter");
    await expect(page.getByText(t("settings.passwordChanged"))).toBeVisible();
    await expectFocusSeen(ana);

    await tabTo(ana, page.getByRole("radio", { name: "Español" }), "Shift+Tab");
    const english = catalogueOf("en");
    await keyboard.press("ArrowRight");
    await expect(page.getByRole("heading", { name: english("settings.title") })).toBeVisible();
    await untilUsable(page);
    await tabAndPress(ana, button(english("settings.signOut")));
    await expect(page).toHaveURL(/\/sign-in$/);
  });

  await visit(bruno.page, "/");
  await expect(roomLineOf(bruno, ana)).toContainText("Claro que sí");
});
