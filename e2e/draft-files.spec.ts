import { downloadOf, dropFiles, hashOf, note, paintPicture, send, trayOf } from "./attach";
import { places } from "./devices";
import { composerOf, messagesOf, untilUsable, visit } from "./person";
import { expect, test } from "./test";

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("files attached to a draft wait for it past a reload, each room's its own, in their order", async ({
      pair: { ana, bruno, roomId },
      member,
    }) => {
      const { page, t } = ana;
      const carla = await member("Carla Ruiz");
      const { roomId: otherRoom } = await ana.api.contacts.add.mutate({ username: carla.username });
      await visit(page, `/r/${roomId}`);
      const picture = await paintPicture(page, "atardecer.jpg");
      await dropFiles(ana, [picture, note]);
      await composerOf(ana, bruno).fill("Mañana lo reviso");
      const entries = trayOf(ana).getByRole("listitem");
      await expect(entries).toHaveCount(2);
      await expect(trayOf(ana).getByRole("progressbar")).toHaveCount(0);

      await visit(page, `/r/${otherRoom}`);
      await expect(composerOf(ana, carla)).toBeVisible();
      await expect(trayOf(ana)).toBeHidden();
      await visit(page, `/r/${roomId}`);
      await expect(entries).toHaveText([/atardecer\.jpg/, /actas\.txt/]);
      await expect(composerOf(ana, bruno)).toHaveValue("Mañana lo reviso");
      await page.getByRole("button", { name: t("messages.files.remove", { name: picture.name }) }).click();
      await page.reload();
      await untilUsable(page);
      await expect(entries).toHaveText([/actas\.txt/]);

      await send(ana);
      await expect(messagesOf(ana)).toHaveCount(1);
      await visit(bruno.page, `/r/${roomId}`);
      expect(hashOf(await downloadOf(bruno, note.name))).toBe(hashOf(note.bytes));
      await page.reload();
      await untilUsable(page);
      await expect(messagesOf(ana)).toHaveCount(1);
      await expect(trayOf(ana)).toBeHidden();
    });
  });
}

test("all tabs have the same draft, and it goes out once", async ({ pair: { ana, bruno, roomId } }) => {
  await visit(ana.page, `/r/${roomId}`);
  const second = { ...ana, page: await ana.browser.newPage() };
  await visit(second.page, `/r/${roomId}`);
  await dropFiles(ana, [note]);
  await expect(trayOf(second).getByRole("listitem")).toHaveCount(1);
  await expect(trayOf(second).getByRole("progressbar")).toHaveCount(0);
  await send(second);
  await expect(trayOf(ana)).toBeHidden();
  await expect(messagesOf(ana)).toHaveCount(1);
  await visit(bruno.page, `/r/${roomId}`);
  expect(hashOf(await downloadOf(bruno, note.name))).toBe(hashOf(note.bytes));
  await expect(messagesOf(bruno)).toHaveCount(1);
});

test("signing out leaves no file behind", async ({ pair: { ana, roomId } }) => {
  const { page, t } = ana;
  await visit(page, `/r/${roomId}`);
  await dropFiles(ana, [note]);
  await expect(trayOf(ana).getByRole("progressbar")).toHaveCount(0);
  await visit(page, "/settings");
  await page.getByRole("button", { name: t("settings.signOut") }).click();
  await expect(page).toHaveURL(/sign-in/);
  const left = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
    const drafts = names.filter((name) => name.startsWith("charla:draft-files"));
    const counts = drafts.map(
      (name) =>
        new Promise<number>((resolve) => {
          const opening = indexedDB.open(name);
          opening.onsuccess = () => {
            const count = opening.result.transaction("files").objectStore("files").count();
            count.onsuccess = () => resolve(count.result);
          };
        }),
    );
    return Promise.all(counts);
  });
  expect(left).toEqual([0]);
});
