import { phone } from "./devices";
import {
  composerOf,
  messageOf,
  openRequest,
  type Person,
  readFrom,
  requestsOf,
  roomLineOf,
  visit,
  write,
} from "./person";
import { expect, test } from "./test";

const register = async ({ page, t, name, username, password }: Person): Promise<void> => {
  await visit(page, "/");
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByRole("link", { name: t("auth.register") }).click();
  await page.getByLabel(t("auth.displayName"), { exact: true }).fill(name);
  await page.getByLabel(t("auth.username"), { exact: true }).fill(username);
  await page.getByLabel(t("auth.password"), { exact: true }).fill(password);
  await page.getByRole("button", { name: t("auth.register") }).click();
  await expect(
    page.getByRole("heading", { name: t("rooms.welcomeTitle", { name }) }).filter({ visible: true }),
  ).toBeVisible();
};

const findAndAdd = async ({ page, t }: Person, other: Person): Promise<void> => {
  await page.getByRole("link", { name: t("rooms.newChat") }).click();
  await page.getByRole("searchbox", { name: t("contacts.searchLabel") }).fill(other.username.toUpperCase());
  await page.getByRole("button", { name: `${t("contacts.add")}: ${other.name}` }).click();
};

const signOut = async ({ page, t }: Person): Promise<void> => {
  await visit(page, "/settings");
  await page.getByRole("button", { name: t("settings.signOut"), exact: true }).click();
  await expect(page.getByRole("heading", { name: t("auth.signInTitle") })).toBeVisible();
};

const places = [
  { title: "in Spanish", options: { locale: "es-AR" } },
  { title: "in English", options: { locale: "en-GB" } },
  { title: "in Spanish on a phone", options: { ...phone, locale: "es-AR" } },
  { title: "in English on a phone", options: phone },
];

for (const { title, options } of places) {
  test(`two people register, find each other, talk live and find every word again, ${title}`, async ({
    visitor,
  }) => {
    const ana = await visitor("Ana Funes", options);
    const bruno = await visitor("Bruno Paz", options);
    await register(ana);
    await register(bruno);

    await findAndAdd(ana, bruno);
    await write(ana, bruno, "Hola 0");
    await expect(messageOf(ana, "Hola 0")).toHaveAccessibleName(new RegExp(ana.t("messages.delivery.sent")));

    await expect(requestsOf(bruno)).toBeVisible();
    await openRequest(bruno, ana);
    await expect(
      bruno.page.getByRole("heading", { name: bruno.t("rooms.requestTitle", { name: ana.name }) }),
    ).toBeVisible();
    await expect(messageOf(bruno, "Hola 0")).toBeVisible();
    await bruno.page.getByRole("button", { name: bruno.t("rooms.accept") }).click();
    await expect(
      bruno.page.getByRole("heading", { name: bruno.t("rooms.requestTitle", { name: ana.name }) }),
    ).toBeHidden();
    // Only now is it Ana's to know.
    await expect(messageOf(ana, "Hola 0")).toHaveAccessibleName(new RegExp(ana.t("messages.delivery.read")));

    const said = ["Hola 0"];
    for (let turn = 1; turn <= 10; turn++) {
      await write(ana, bruno, `Hola ${turn}a`);
      await expect(messageOf(bruno, `Hola ${turn}a`)).toBeVisible();
      await write(bruno, ana, `Hola ${turn}b`);
      await expect(messageOf(ana, `Hola ${turn}b`)).toBeVisible();
      said.push(`Hola ${turn}a`, `Hola ${turn}b`);
    }
    for (const person of [ana, bruno]) {
      expect(await readFrom(person, "Hola 0", "Hola 10b")).toEqual(said);
      await person.page.reload();
      expect(await readFrom(person, "Hola 0", "Hola 10b")).toEqual(said);
    }

    await expect(composerOf(ana, bruno)).toBeVisible();
    await signOut(ana);
    await visit(ana.page, "/");
    await expect(ana.page).toHaveURL(/\/sign-in$/);
    await visit(bruno.page, "/");
    await expect(roomLineOf(bruno, ana)).toContainText("Hola 10b");
  });
}
