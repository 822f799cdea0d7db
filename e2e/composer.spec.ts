import { send } from "./attach";
import { places } from "./devices";
import { composerOf, messageOf, messagesOf, visit, write } from "./person";
import { expect, test } from "./test";

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("what somebody writes is shown as written, and never as a page's code", async ({
      pair: { ana, bruno, roomId },
    }) => {
      await visit(ana.page, `/r/${roomId}`);
      await visit(bruno.page, `/r/${roomId}`);
      const markup = `<img src="x" onerror="document.title='taken'"><script>document.title='taken'</script>`;
      await write(ana, bruno, markup);
      await write(ana, bruno, "javascript:alert(1) https://example.org/a?b=c. Fin");
      await write(ana, bruno, `${"palabra".repeat(80)}`);
      await expect(messageOf(bruno, markup)).toBeVisible();
      await expect(bruno.page).not.toHaveTitle(/taken/);
      const links = messagesOf(bruno).getByRole("link");
      await expect(links).toHaveCount(1);
      await expect(links).toHaveAttribute("href", "https://example.org/a?b=c");
      await expect(links).toHaveAttribute("rel", /noopener/);
      expect(await bruno.page.evaluate(() => document.documentElement.scrollWidth)).toBe(
        bruno.page.viewportSize()?.width,
      );
    });

    test("a draft survives a reload; what is too long says by how much and stays", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t } = ana;
      await visit(page, `/r/${roomId}`);
      const composer = composerOf(ana, bruno);
      await composer.fill("Lo pienso y sigo");
      await page.reload();
      await expect(composer).toHaveValue("Lo pienso y sigo");

      await composer.fill("ñ".repeat(4_003));
      await expect(page.getByText(t("messages.tooLong", { count: 3 }))).toBeVisible();
      await page.getByRole("button", { name: t("messages.send") }).click({ force: true });
      await expect(composer).toHaveValue("ñ".repeat(4_003));
      await composer.fill("ñ".repeat(4_000));
      await send(ana);
      await expect(composer).toHaveValue("");
      await expect(messagesOf(ana)).toHaveAccessibleName(new RegExp(t("messages.delivery.sent")));
    });
  });
}
