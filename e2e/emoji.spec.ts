import { expectAccessible } from "./axe";
import { phone } from "./devices";
import { composerOf, messageOf, messagesOf, type Person, visit, write } from "./person";
import { expect, test } from "./test";

const optionsOf = ({ page, t }: Person) =>
  page.getByRole("listbox", { name: t("messages.emoji") }).getByRole("option");

test("an emoji is found by its name while one types, by keys and by mouse", async ({
  pair: { ana, bruno, roomId },
}) => {
  const { page } = ana;
  await visit(page, `/r/${roomId}`);
  const composer = composerOf(ana, bruno);
  const options = optionsOf(ana);

  await composer.pressSequentially("qué bien :coraz");
  await expect(options).toHaveCount(6);
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page);
  await composer.pressSequentially("on_rojo");
  await expect(options).toHaveText(["❤️corazón rojo:corazon_rojo:"]);
  await composer.press("Tab");
  await expect(composer).toHaveValue("qué bien ❤️ ");
  await expect(options).toHaveCount(0);

  await composer.fill("");
  await composer.pressSequentially(":smi");
  await expect(options.first()).toContainText(":smile:");
  await composer.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(composer).toHaveAttribute(
    "aria-activedescendant",
    (await options.nth(1).getAttribute("id")) ?? "",
  );
  await composer.press("ArrowUp");
  await composer.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await composer.press("ArrowDown");
  await composer.press("Enter");
  await expect(composer).toHaveValue("😄 ");

  await composer.pressSequentially(":rocket");
  await options.filter({ hasText: ":rocket:" }).click();
  await expect(composer).toHaveValue("😄 🚀 ");
  await expect(composer).toBeFocused();
  await composer.pressSequentially("ya :tada:");
  await expect(composer).toHaveValue("😄 🚀 ya 🎉");
  await composer.press("Enter");
  await expect(messageOf(ana, "😄 🚀 ya 🎉")).toBeVisible();
});

test("a colon in what somebody writes means itself", async ({ pair: { ana, bruno, roomId } }) => {
  await visit(ana.page, `/r/${roomId}`);
  const composer = composerOf(ana, bruno);
  const options = optionsOf(ana);
  for (const text of ["a las 10:30", "https://example.org", "nota: si", ":D", "`:smile`"]) {
    await composer.pressSequentially(text);
    await expect(composer).toHaveValue(text);
    await expect(options).toHaveCount(0);
    await composer.press("Enter");
    await expect(composer).toHaveValue("");
  }
  await expect(messagesOf(ana)).toHaveCount(5);

  await composer.pressSequentially("hora :smi");
  await expect(options).toHaveCount(6);
  await composer.press("Escape");
  await expect(options).toHaveCount(0);
  await composer.pressSequentially("l");
  await composer.press("Enter");
  await expect(messageOf(ana, "hora :smil")).toBeVisible();
});

test("the tone of hands is chosen once, for all that takes emoji", async ({
  pair: { ana, bruno, roomId },
}) => {
  const { page, t } = ana;
  await visit(page, `/r/${roomId}`);
  const composer = composerOf(ana, bruno);
  await page.getByRole("button", { name: t("messages.emoji") }).click();
  const picker = page.getByRole("dialog", { name: t("messages.emoji") });
  await picker.getByRole("radio", { name: t("messages.skinTone.medium"), exact: true }).check();
  await expectAccessible(page);
  await picker.getByRole("searchbox").fill("pulgar hacia arriba");
  await picker.getByRole("gridcell", { name: "pulgar hacia arriba" }).click();
  await expect(composer).toHaveValue("👍🏽");
  await composer.press("Enter");

  await page.reload();
  await composer.pressSequentially(":wave");
  await expect(optionsOf(ana).first()).toContainText("👋🏽");
  await composer.press("Escape");
  await composer.fill("");

  await messageOf(ana, "👍🏽").hover();
  await messagesOf(ana)
    .getByRole("button", { name: t("messages.more"), exact: true })
    .click();
  await page.getByRole("menuitem", { name: "🙏🏽" }).click();
  await expect(messagesOf(ana).getByRole("button", { name: /^🙏🏽/ })).toBeVisible();
});

test("on a phone a touch takes an emoji, and the keyboard stays", async ({ member }) => {
  const ana = await member("Ana Funes", phone);
  const bruno = await member("Bruno Paz", phone);
  const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
  await visit(ana.page, `/r/${roomId}`);
  await write(ana, bruno, "hola");
  const composer = composerOf(ana, bruno);
  await composer.tap();
  await composer.pressSequentially("vamos :rock");
  const rocket = optionsOf(ana).filter({ hasText: ":rocket:" });
  const box = await rocket.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(40);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  await rocket.tap();
  await expect(composer).toHaveValue("vamos 🚀 ");
  await expect(composer).toBeFocused();
});
