import { places } from "./devices";
import { passphrase, untilUsable, visit } from "./person";
import { expect, test } from "./test";

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test.describe("what a form refuses", () => {
      // The browser itself reports every answer that is no success.
      test.use({ expectedNoise: [/the server responded with a status of 4\d\d/] });

      test("a wrong password and a name that nobody has get the same answer, and the right one still works", async ({
        member,
        visitor,
      }) => {
        const { username } = await member("Ana Funes");
        const { page, t } = await visitor("Ana Funes");
        await visit(page, "/sign-in");
        const signIn = async (name: string, password: string) => {
          await page.getByLabel(t("auth.username"), { exact: true }).fill(name);
          await page.getByLabel(t("auth.password"), { exact: true }).fill(password);
          await page.getByRole("button", { name: t("auth.signIn"), exact: true }).click();
        };
        const refusal = page.getByRole("alert").filter({ hasText: t("errors.BAD_CREDENTIALS") });
        await signIn(username, "otra cosa distinta");
        await expect(refusal).toBeVisible();
        await page.reload();
        await signIn(`${username}x`, passphrase);
        await expect(refusal).toBeVisible();
        await signIn(` ${username.toUpperCase()} `, passphrase);
        await expect(page.getByRole("button", { name: t("rooms.searchLabel") })).toBeVisible();
      });

      test("registering says beside each field what is wrong with it", async ({ member, visitor }) => {
        const taken = await member("Ana Funes");
        const { page, t } = await visitor("Bruno Paz");
        await visit(page, "/register");
        const displayName = page.getByLabel(t("auth.displayName"), { exact: true });
        const username = page.getByLabel(t("auth.username"), { exact: true });
        const password = page.getByLabel(t("auth.password"), { exact: true });
        const submit = page.getByRole("button", { name: t("auth.register") });

        await submit.click();
        await expect(displayName).toHaveAccessibleDescription(t("errors.fields.displayNameEmpty"));
        await expect(username).toHaveAccessibleDescription(
          t("errors.fields.usernameTooShort", { usernameMin: 3 }),
        );
        await expect(password).toHaveAccessibleDescription(
          t("errors.fields.passwordTooShort", { passwordMin: 8 }),
        );
        await expect(displayName).toBeFocused();

        await displayName.fill("Bruno Paz");
        await username.fill("bruno paz!");
        await password.fill("password123");
        await submit.click();
        await expect(username).toHaveAccessibleDescription(t("errors.fields.usernameCharacters"));

        await username.fill(taken.username);
        await submit.click();
        await expect(password).toHaveAccessibleDescription(t("errors.PASSWORD_TOO_COMMON"));

        await password.fill(passphrase);
        await submit.click();
        await expect(username).toHaveAccessibleDescription(t("errors.USERNAME_TAKEN"));
        await expect(username).toBeFocused();
      });
    });

    test("the password can be shown, and its strength is told as one types", async ({ visitor }) => {
      const { page, t } = await visitor("Ana Funes");
      await visit(page, "/register");
      const password = page.getByLabel(t("auth.password"), { exact: true });
      await password.fill("aaaaaaaa");
      await expect(password).toHaveAccessibleDescription(new RegExp(t("auth.strengthWeak")));
      await password.fill("tortuga lenta bajo el sol y la luna");
      await expect(password).toHaveAccessibleDescription(new RegExp(t("auth.strengthStrong")));
      await page.getByRole("button", { name: t("auth.showPassword") }).click();
      await expect(password).toHaveAttribute("type", "text");
    });

    test("what is filled in before the page has loaded its code stays", async ({ member, visitor }) => {
      const { username, password } = await member("Ana Funes");
      const { page, t } = await visitor("Ana Funes");
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route("**/_next/static/**/*.js", async (route) => {
        await released;
        await route.continue();
      });
      await page.goto("/sign-in", { waitUntil: "commit" });
      const name = page.getByLabel(t("auth.username"), { exact: true });
      await name.fill(username);
      await page.getByLabel(t("auth.password"), { exact: true }).fill(password);
      release();
      await untilUsable(page);
      await expect(name).toHaveValue(username);
      await page.getByRole("button", { name: t("auth.signIn"), exact: true }).click();
      await expect(page.getByRole("button", { name: t("rooms.searchLabel") })).toBeVisible();
    });

    test("without a session every page of the chat leads to the sign-in", async ({ visitor }) => {
      const { page } = await visitor("Ana Funes");
      for (const path of ["/", "/contacts", "/settings", "/r/5f4a7c9e-52c3-4b1a-9b1c-0b6c6f6d8a11"]) {
        await visit(page, path);
        await expect(page).toHaveURL(/\/sign-in$/);
      }
    });
  });
}
