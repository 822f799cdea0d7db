import { tabTo } from "./keys";
import {
  composerOf,
  messageOf,
  type Person,
  passphrase,
  requestsOf,
  roomLineOf,
  timelineOf,
  visit,
} from "./person";
import { expect, test } from "./test";

const register = async (person: Person): Promise<void> => {
  const { page, t, name, username, password } = person;
  await visit(page, "/register");
  await tabTo(person, page.getByLabel(t("auth.displayName"), { exact: true }));
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(username);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("link", { name: t("rooms.findPeople") }).filter({ visible: true }),
  ).toBeVisible();
};

test("the whole path by keyboard alone", async ({ visitor }) => {
  const ana = await visitor("Ana Funes");
  const bruno = await visitor("Bruno Paz");
  await register(ana);
  await register(bruno);

  await ana.page.keyboard.press("Control+k");
  await expect(ana.page.getByRole("combobox")).toBeFocused();
  await ana.page.keyboard.type(bruno.username);
  await expect(ana.page.getByRole("option", { name: new RegExp(bruno.name) })).toBeVisible();
  await ana.page.keyboard.press("Enter");
  await expect(composerOf(ana, bruno)).toBeFocused();
  await ana.page.keyboard.type("Hola,");
  await ana.page.keyboard.press("Shift+Enter");
  await ana.page.keyboard.type("sin ratón");
  await ana.page.keyboard.press("Enter");
  await expect(messageOf(ana, "Hola, sin ratón")).toBeVisible();

  // With nothing else in the list, what waits for an answer is shown at once; the line closes and opens it.
  await tabTo(bruno, requestsOf(bruno));
  await bruno.page.keyboard.press("Enter");
  await expect(roomLineOf(bruno, ana)).toBeHidden();
  await bruno.page.keyboard.press("Enter");
  await tabTo(bruno, roomLineOf(bruno, ana));
  await bruno.page.keyboard.press("Enter");
  await tabTo(bruno, bruno.page.getByRole("button", { name: bruno.t("rooms.accept") }));
  await bruno.page.keyboard.press("Enter");
  await expect(requestsOf(bruno)).toBeHidden();
  await tabTo(bruno, composerOf(bruno, ana));
  await bruno.page.keyboard.type("Acá tampoco hay");
  await bruno.page.keyboard.press("Enter");
  await expect(messageOf(ana, "Acá tampoco hay")).toBeVisible();

  // From the composer into the messages, up one by one, and back.
  await tabTo(ana, timelineOf(ana), "Shift+Tab");
  await ana.page.keyboard.press("ArrowUp");
  await expect(messageOf(ana, "Acá tampoco hay")).toBeFocused();
  await ana.page.keyboard.press("ArrowUp");
  await expect(messageOf(ana, "Hola, sin ratón")).toBeFocused();
  await ana.page.keyboard.press("Escape");
  await expect(composerOf(ana, bruno)).toBeFocused();

  // A dialog keeps the focus and gives it back.
  const details = ana.page.getByRole("button", { name: ana.t("rooms.details") });
  await tabTo(ana, details);
  await ana.page.keyboard.press("Enter");
  const block = ana.page.getByRole("button", { name: ana.t("contacts.block"), exact: true });
  await tabTo(ana, block);
  await ana.page.keyboard.press("Enter");
  await expect(ana.page.getByRole("alertdialog")).toBeVisible();
  await ana.page.keyboard.press("Escape");
  await expect(ana.page.getByRole("alertdialog")).toBeHidden();
  await expect(block).toBeFocused();
  await ana.page.keyboard.press("Escape");
  await expect(ana.page.getByRole("complementary")).toBeHidden();

  await tabTo(ana, ana.page.getByRole("link", { name: ana.t("settings.title") }));
  await ana.page.keyboard.press("Enter");
  await tabTo(ana, ana.page.getByRole("button", { name: ana.t("settings.signOut"), exact: true }));
  await ana.page.keyboard.press("Enter");
  await expect(ana.page).toHaveURL(/\/sign-in$/);
});

test("the first stop of the Tab key leads past the rooms", async ({ pair: { ana, roomId } }) => {
  const { page, t } = ana;
  await visit(page, `/r/${roomId}`);
  await page.getByRole("heading", { level: 1 }).first().click();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: t("common.skipToContent") });
  await tabTo(ana, skip);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("the arrows walk through more people than fit the screen", async ({ member }) => {
  const { page, t, api, username } = await member("Candelaria");
  for (let n = 0; n < 16; n++) {
    await api.auth.register.mutate({
      username: `${username}-${n}`,
      displayName: `Candelaria ${n}`,
      password: passphrase,
    });
  }
  await visit(page, "/");
  await page.keyboard.press("Control+k");
  await page.keyboard.type(username);
  const options = page.getByRole("listbox", { name: t("rooms.searchLabel") }).getByRole("option");
  await expect(options).toHaveCount(16);
  await expect(options.last()).not.toBeInViewport();
  for (let presses = 1; presses < 16; presses++) await page.keyboard.press("ArrowDown");
  await expect(options.last()).toBeInViewport();
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
});
