import { phone } from "./devices";
import { choose } from "./message-menu";
import { messageOf, roomLineOf, timelineOf, visit } from "./person";
import { expect, test } from "./test";

for (const { title, locale } of [
  { title: "in Spanish", locale: "es-AR" },
  { title: "in English", locale: "en-GB" },
]) {
  test.describe(title, () => {
    test.use({ locale });

    test("a message is deleted for me alone, on all my devices, and can be had back for a moment", async ({
      pair: { ana, bruno, roomId },
      device,
    }) => {
      const { page, t } = bruno;
      const say = (body: string, replyToSeq?: number) =>
        ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body, replyToSeq });
      const { seq } = await say("Esto no lo quiero ver");
      await say("Una respuesta", seq);
      await say("Lo último");
      const elsewhere = await device(bruno);
      for (const person of [ana, bruno, elsewhere]) await visit(person.page, `/r/${roomId}`);

      const message = messageOf(bruno, "Esto no lo quiero ver").first();
      await timelineOf(bruno).focus();
      for (let up = 0; up < 3; up++) await page.keyboard.press("ArrowUp");
      await expect(message).toBeFocused();
      await page.keyboard.press("Delete");
      for (const person of [bruno, elsewhere]) {
        await expect(timelineOf(person).getByText("Esto no lo quiero ver")).toHaveCount(0);
        await expect(messageOf(person, "Una respuesta")).toContainText(person.t("messages.quoteGone"));
      }
      // The focus goes on to the message that stands there now.
      await expect(messageOf(bruno, "Una respuesta")).toBeFocused();
      await expect(messageOf(ana, "Esto no lo quiero ver").first()).toBeVisible();
      expect((await bruno.api.messages.search.query({ query: "quiero" })).items).toEqual([]);

      await page.getByRole("button", { name: t("messages.undo") }).click();
      for (const person of [bruno, elsewhere]) {
        await expect(messageOf(person, "Esto no lo quiero ver").first()).toBeVisible();
      }

      // The last one is deleted: the list of rooms shows the one before.
      const last = messageOf(bruno, "Lo último");
      await choose(bruno, last, t("messages.deleteForMe"));
      for (const person of [bruno, elsewhere]) {
        await expect(roomLineOf(person, ana)).toContainText("Una respuesta");
      }
      await page.reload();
      await expect(messageOf(bruno, "Una respuesta")).toBeVisible();
      await expect(timelineOf(bruno).getByText("Lo último")).toHaveCount(0);
      await expect(roomLineOf(ana, bruno)).toContainText("Lo último");
    });
  });
}

test("of my own message I choose for whom, and a tombstone can go as well", async ({
  pair: { ana, bruno, roomId },
}) => {
  const { page, t } = ana;
  const say = (body: string) => ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body });
  await say("Para mí");
  const { seq } = await say("Para todos");
  await ana.api.messages.delete.mutate({ roomId, seq });
  for (const person of [ana, bruno]) await visit(person.page, `/r/${roomId}`);

  await timelineOf(ana).focus();
  await page.keyboard.press("ArrowUp");
  await expect(messageOf(ana, t("messages.deleted"))).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(messageOf(ana, t("messages.deleted"))).toHaveCount(0);
  await expect(messageOf(ana, "Para mí")).toBeFocused();
  await page.keyboard.press("Delete");
  const dialog = page.getByRole("alertdialog", { name: t("messages.deleteTitle") });
  await dialog.getByRole("button", { name: t("messages.deleteForMe") }).click();
  await expect(messageOf(ana, "Para mí")).toHaveCount(0);
  await expect(messageOf(bruno, "Para mí")).toBeVisible();
  await expect(messageOf(bruno, bruno.t("messages.deleted"))).toBeVisible();
  await visit(page, `/r/${roomId}?m=1`);
  await expect(page.getByText(t("messages.emptyTitle", { name: bruno.name }))).toBeVisible();
});

test.describe("on a phone", () => {
  test.use(phone);

  test("a long press deletes for me", async ({ pair: { ana, bruno, roomId } }) => {
    const { page, t } = bruno;
    await ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body: "Hola" });
    await visit(page, `/r/${roomId}`);
    await choose(bruno, messageOf(bruno, "Hola"), t("messages.deleteForMe"));
    await expect(messageOf(bruno, "Hola")).toHaveCount(0);
    await expect(page.getByRole("button", { name: t("messages.undo") })).toBeVisible();
  });
});
