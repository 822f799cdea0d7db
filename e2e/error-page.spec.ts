import { expectAccessible } from "./axe";
import { phone } from "./devices";
import { loseParts } from "./lost-parts";
import { composerOf, visit } from "./person";
import { expect, test } from "./test";

test.use({ expectedNoise: [/net::ERR_FAILED|Failed to load chunk|Service Worker registration blocked/] });

for (const { title, options } of [
  { title: "at a desk, in Spanish", options: { locale: "es-AR" } },
  { title: "on a phone, in English", options: { ...phone, locale: "en-GB" } },
]) {
  test(`a page of which a part cannot be loaded says so, and tries again with the draft kept, ${title}`, async ({
    member,
  }) => {
    const ana = await member("Ana Funes", { ...options, serviceWorkers: "block" });
    const bruno = await member("Bruno Paz");
    const { page, t } = ana;
    const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
    await visit(page, `/r/${roomId}`);
    await composerOf(ana, bruno).fill("a medio escribir");

    await loseParts(ana, `/r/${roomId}`);
    await page.reload();
    await expect(page.getByRole("heading", { name: t("common.errorTitle") })).toBeVisible();
    await expectAccessible(page);

    await page.unrouteAll();
    await page.getByRole("button", { name: t("common.retry") }).click();
    await expect(composerOf(ana, bruno)).toHaveValue("a medio escribir");
  });
}
