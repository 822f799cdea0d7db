import { places } from "./devices";
import type { Person } from "./person";
import { composerOf, messageOf, roomLineOf, visit, write } from "./person";
import { expect, test } from "./test";

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test.describe("a session that ends elsewhere", () => {
      test.use({ expectedNoise: [/the server responded with a status of 401/] });

      /** The same account in a second browser, looking at the same room. */
      const secondBrowserOf = async (
        person: Person,
        visitor: (name: string) => Promise<Person>,
      ): Promise<Person> => {
        const elsewhere = await visitor(person.name);
        await visit(elsewhere.page, "/sign-in");
        await elsewhere.api.auth.signIn.mutate({ username: person.username, password: person.password });
        return elsewhere;
      };

      test("the other browser is signed out at once", async ({ pair: { ana, bruno, roomId }, visitor }) => {
        const elsewhere = await secondBrowserOf(ana, visitor);
        await visit(elsewhere.page, `/r/${roomId}`);
        await expect(composerOf(elsewhere, bruno)).toBeVisible();
        const { page, t } = ana;
        await visit(page, "/settings");
        const others = page.getByRole("button", {
          name: new RegExp(`^${t("settings.endSession", { device: "" })}`),
        });
        await others.click();
        await expect(elsewhere.page).toHaveURL(/\/sign-in\?ended$/, { timeout: 3_000 });
        await expect(others).toHaveCount(0);
      });

      test("a new password signs all other browsers out and keeps this one", async ({
        pair: { ana, bruno, roomId },
        visitor,
      }) => {
        const elsewhere = await secondBrowserOf(ana, visitor);
        await visit(elsewhere.page, `/r/${roomId}`);
        await expect(composerOf(elsewhere, bruno)).toBeVisible();
        const { page, t } = ana;
        await visit(page, "/settings");
        await page.getByLabel(t("settings.currentPassword"), { exact: true }).fill(ana.password);
        await page.getByLabel(t("settings.newPassword"), { exact: true }).fill("otra frase, larga y mía");
        await page.getByRole("button", { name: t("settings.savePassword") }).click();
        await expect(page.getByText(t("settings.passwordChanged"))).toBeVisible();
        await expect(elsewhere.page).toHaveURL(/\/sign-in\?ended$/, { timeout: 3_000 });
        await page.reload();
        await expect(page.getByRole("heading", { name: t("settings.title") })).toBeVisible();
      });
    });
  });
}

test("two tabs of one person agree on messages, drafts and what is read", async ({
  pair: { ana, bruno, roomId },
}) => {
  const second: Person = { ...ana, page: await ana.browser.newPage() };
  await visit(ana.page, `/r/${roomId}`);
  await visit(second.page, "/contacts");
  await visit(bruno.page, `/r/${roomId}`);

  await write(ana, bruno, "De la primera pestaña");
  await expect(roomLineOf(second, bruno)).toContainText("De la primera pestaña");

  await composerOf(ana, bruno).fill("a medias");
  await expect(roomLineOf(second, bruno)).toContainText("a medias");
  await composerOf(ana, bruno).fill("");

  // Whoever is not looking at the room has it unread, until the other tab looks.
  await visit(ana.page, "/contacts");
  await write(bruno, ana, "Para las dos");
  const unread = ana.t("rooms.unread", { count: 1 });
  await expect(roomLineOf(ana, bruno)).toContainText(unread);
  await expect(roomLineOf(second, bruno)).toContainText(unread);
  await expect(second.page).toHaveTitle(/^\(1\)/);
  await second.page.bringToFront();
  await roomLineOf(second, bruno).click();
  await expect(messageOf(second, "Para las dos")).toBeVisible();
  await expect(roomLineOf(ana, bruno)).not.toContainText(unread);
  await expect(second.page).not.toHaveTitle(/^\(1\)/);
});

test("signing out is no surprise to who does it, whichever connection hears of it first", async ({
  pair: { ana, bruno, roomId },
}) => {
  const { page, t } = ana;
  const streamEnded = new Promise<void>((resolve) => {
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => {
        if (payload.includes("NOT_SIGNED_IN")) resolve();
      });
    });
  });
  await visit(page, `/r/${roomId}`);
  await composerOf(ana, bruno).fill("no es para nadie más");
  await page.getByRole("link", { name: t("settings.title") }).click();
  await page.route(/auth\.signOut/, async (route) => {
    const response = await route.fetch();
    await streamEnded;
    await route.fulfill({ response });
  });
  await page.getByRole("button", { name: t("settings.signOut"), exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(await page.evaluate(() => Object.values(localStorage))).not.toContain("no es para nadie más");
});
