import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { unzip } from "~/test/unzip";
import { catalogueOf } from "./catalogue";
import { places } from "./devices";
import { backToList, messageOf, roomLineOf, visit } from "./person";
import { expect, test } from "./test";

/** The language that a browser of this locale does not speak. */
const otherThan = (locale = "") =>
  locale.startsWith("en") ? { lang: "es", name: "Español" } : { lang: "en", name: "English" };

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("the language changes in place and stays", async ({ member, locale }) => {
      const { page } = await member("Ana Funes");
      const { lang, name } = otherThan(locale);
      const t = catalogueOf(lang);
      await visit(page, "/settings");
      await page.getByText(name).click();
      await expect(page.getByRole("heading", { name: t("settings.title"), exact: true })).toBeVisible();
      await page.reload();
      await expect(page.getByRole("heading", { name: t("settings.title"), exact: true })).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
    });

    test("the theme follows the system until one chooses", async ({ member }) => {
      const { page, t } = await member("Ana Funes");
      const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await page.emulateMedia({ colorScheme: "light" });
      await visit(page, "/settings");
      await expect(page.getByRole("radio", { name: t("settings.themeSystem") })).toBeChecked();
      const light = await background();
      await page.emulateMedia({ colorScheme: "dark" });
      await expect.poll(background).not.toBe(light);
      await page.getByText(t("settings.themeLight")).click();
      await expect.poll(background).toBe(light);
      await page.reload();
      expect(await background()).toBe(light);
      await expect(page.getByRole("radio", { name: t("settings.themeLight") })).toBeChecked();
    });

    test("before signing in, the language is one click away", async ({ visitor, locale }) => {
      const { page } = await visitor("Ana Funes");
      const { lang, name } = otherThan(locale);
      await visit(page, "/sign-in");
      await page.getByRole("button", { name }).click();
      await expect(page.getByRole("heading", { name: catalogueOf(lang)("auth.signInTitle") })).toBeVisible();
    });

    test("a new name shows at once, to oneself and to others", async ({ pair: { ana, bruno, roomId } }) => {
      const { page, t } = ana;
      await ana.api.messages.send.mutate({ roomId, clientId: randomUUID(), body: "hola" });
      await visit(bruno.page, `/r/${roomId}`);
      await expect(bruno.page.getByRole("heading", { name: "Ana Funes", exact: true })).toBeVisible();
      await visit(page, "/settings");
      const name = page.getByLabel(t("auth.displayName"), { exact: true });
      await name.fill(" ");
      await page.getByRole("button", { name: t("settings.saveName") }).click();
      await expect(name).toHaveAccessibleDescription(t("errors.fields.displayNameEmpty"));
      await name.fill("Ana María Funes");
      await page.getByRole("button", { name: t("settings.saveName") }).click();
      await expect(page.getByText(t("settings.nameChanged"))).toBeVisible();
      await expect(page.getByRole("region", { name: t("settings.profile") })).toContainText(
        "Ana María Funes",
      );
      await expect(bruno.page.getByRole("heading", { name: "Ana María Funes" })).toBeVisible();
      await expect(messageOf(bruno, "hola")).toHaveAccessibleName(/^Ana María Funes/);
      await backToList(bruno);
      await expect(roomLineOf(bruno, { name: "Ana María Funes" })).toBeVisible();
    });

    test("what one has here can be taken along", async ({ pair: { ana, bruno, roomId } }) => {
      await bruno.api.messages.send.mutate({ roomId, clientId: randomUUID(), body: "para llevar" });
      const { page, t } = ana;
      await visit(page, "/settings");
      const downloading = page.waitForEvent("download");
      await page.getByRole("button", { name: t("settings.export") }).click();
      await expect(page.getByText(t("settings.exportStarted"))).toBeVisible();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(new RegExp(`^charla-${ana.username}-.*\\.zip$`));
      const files = await unzip(await readFile(await download.path()));
      expect(JSON.parse(String(files.get("profile.json")))).toMatchObject({ username: ana.username });
      expect(JSON.parse(String(files.get(`messages/${roomId}.json`)))).toMatchObject([
        { body: "para llevar" },
      ]);
      // One is where one was.
      await expect(page.getByRole("heading", { name: t("settings.title"), exact: true })).toBeVisible();
    });
  });
}
