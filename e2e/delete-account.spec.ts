import { randomUUID } from "node:crypto";
import { expectAccessible } from "./axe";
import { places } from "./devices";
import { messageOf, type Person, roomLineOf, timelineOf, visit } from "./person";
import { expect, test } from "./test";

// Whoever is signed out asks for something once more, and a wrong password is refused.
test.use({ expectedNoise: [/40[13]|WebSocket.*4401/] });

const openDialog = async (person: Person) => {
  const { page, t } = person;
  await visit(page, "/settings");
  await page.getByRole("button", { name: t("settings.deleteAccount") }).click();
  const dialog = page.getByRole("dialog", { name: t("settings.deleteAccountTitle") });
  await expect(dialog).toBeVisible();
  return {
    dialog,
    password: dialog.getByLabel(t("settings.currentPassword"), { exact: true }),
    confirm: dialog.getByRole("button", { name: t("settings.deleteAccountConfirm") }),
    messagesToo: dialog.getByRole("checkbox", { name: t("settings.deleteAccountMessages") }),
  };
};

for (const { title, options } of places) {
  test(`who deletes their account is gone for everybody at once, ${title}`, async ({ member, device }) => {
    const ana = await member("Ana Funes", options);
    const bruno = await member("Bruno Paz", options);
    const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
    await bruno.api.contacts.add.mutate({ username: ana.username });
    await ana.api.messages.send.mutate({ roomId, clientId: randomUUID(), body: "me voy" });
    const user = await bruno.api.auth.me.query();
    const group = await ana.api.groups.create.mutate({ title: "Mendoza", userIds: [user.id] });
    const elsewhere = await device(ana, options);
    await visit(elsewhere.page, "/settings");
    await visit(bruno.page, `/r/${roomId}`);
    await expect(messageOf(bruno, "me voy")).toBeVisible();

    const { dialog, password, confirm } = await openDialog(ana);
    await confirm.click();
    await expect(password).toHaveAccessibleDescription(ana.t("errors.fields.passwordEmpty"));
    await password.fill("no es esta");
    await confirm.click();
    await expect(password).toHaveAccessibleDescription(ana.t("errors.fields.wrongPassword"));
    await expect(dialog).toBeVisible();
    await password.fill(ana.password);
    await confirm.click();
    await expect(ana.page.getByText(ana.t("auth.deletedText"))).toBeVisible();
    await expect(elsewhere.page).toHaveURL(/sign-in/);

    // Bruno has done nothing.
    const gone = bruno.t("common.deletedAccount");
    await expect(bruno.page.getByRole("heading", { name: gone })).toBeVisible();
    await expect(bruno.page.getByText(bruno.t("rooms.closed"))).toBeVisible();
    await expect(bruno.page.getByRole("textbox")).toHaveCount(0);
    await expect(messageOf(bruno, "me voy")).toHaveAccessibleName(new RegExp(`^${gone}`));
    await visit(bruno.page, "/");
    await expect(roomLineOf(bruno, { name: "me voy" })).toContainText(gone);
    await visit(bruno.page, `/r/${group.roomId}?details`);
    await expect(bruno.page.getByRole("complementary", { name: bruno.t("rooms.details") })).toContainText(
      bruno.t("groups.owner"),
    );

    await ana.page.getByLabel(ana.t("auth.username"), { exact: true }).fill(ana.username);
    await ana.page.getByLabel(ana.t("auth.password"), { exact: true }).fill(ana.password);
    await ana.page.getByRole("button", { name: ana.t("auth.signIn"), exact: true }).click();
    await expect(ana.page.getByText(ana.t("errors.BAD_CREDENTIALS"))).toBeVisible();
  });
}

test("what one wrote goes too, where one wants that", async ({ pair: { ana, bruno, roomId } }) => {
  await ana.api.messages.send.mutate({ roomId, clientId: randomUUID(), body: "bórrame" });
  await bruno.api.messages.send.mutate({ roomId, clientId: randomUUID(), body: "recuerdo" });
  await visit(bruno.page, `/r/${roomId}`);
  await expect(messageOf(bruno, "bórrame")).toBeVisible();
  const { password, confirm, messagesToo } = await openDialog(ana);
  await messagesToo.check();
  await password.fill(ana.password);
  await password.press("Enter");
  await expect(confirm).toBeHidden();
  await expect(ana.page.getByText(ana.t("auth.deletedText"))).toBeVisible();
  await expect(timelineOf(bruno)).toContainText(bruno.t("messages.deleted"));
  await expect(messageOf(bruno, "bórrame")).toBeHidden();
  await expect(messageOf(bruno, "recuerdo")).toBeVisible();
});

for (const { title, options } of places) {
  test(`axe finds nothing serious in the dialog, nor in a room that is closed, ${title}`, async ({
    member,
  }) => {
    const ana = await member("Ana Funes", options);
    const bruno = await member("Bruno Paz", options);
    const { roomId } = await bruno.api.contacts.add.mutate({ username: ana.username });
    await bruno.api.messages.send.mutate({ roomId, clientId: randomUUID(), body: "hola" });
    await openDialog(ana);
    await expectAccessible(ana.page);
    await ana.api.account.delete.mutate({ password: ana.password });
    await visit(bruno.page, `/r/${roomId}`);
    await expect(bruno.page.getByText(bruno.t("rooms.closed"))).toBeVisible();
    await expectAccessible(bruno.page);
  });
}
