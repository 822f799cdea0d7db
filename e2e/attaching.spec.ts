import { attachmentMaxBytes, attachmentsPerMessage } from "~/shared/limits";
import { downloadOf, dropFiles, hashOf, note, paintPicture, recordVideo, send, tone, trayOf } from "./attach";
import { expectAccessible } from "./axe";
import { phone, places } from "./devices";
import { composerOf, messagesOf, type Person, visit } from "./person";
import { expect, test } from "./test";

const entriesOf = (person: Person) => trayOf(person).getByRole("listitem");

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("several files come from the picker, a picture from the clipboard", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t } = ana;
      await visit(page, `/r/${roomId}`);
      const choosing = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: t("messages.files.attach") }).click();
      const chooser = await choosing;
      expect(chooser.isMultiple()).toBe(true);
      const other = { ...note, name: "otra.txt", bytes: Buffer.from("otra") };
      await chooser.setFiles(
        [note, other].map(({ name, type: mimeType, bytes: buffer }) => ({ name, mimeType, buffer })),
      );
      await expect(entriesOf(ana)).toHaveText([/actas\.txt/, /otra\.txt/]);

      const picture = await paintPicture(page, "image.png");
      await composerOf(ana, bruno).evaluate((field, base64) => {
        const clipboardData = new DataTransfer();
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        clipboardData.items.add(new File([bytes], "image.jpg", { type: "image/jpeg" }));
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      }, picture.bytes.toString("base64"));
      await expect(entriesOf(ana)).toHaveCount(3);
      await expect(
        page.getByRole("status").filter({ hasText: t("messages.files.announceDone", { count: 3 }) }),
      ).toBeAttached();
      await send(ana);
      await visit(bruno.page, `/r/${roomId}`);
      await expect(messagesOf(bruno).locator("img")).toBeVisible();
      for (const file of [note, other])
        expect(hashOf(await downloadOf(bruno, file.name))).toBe(hashOf(file.bytes));
    });
  });
}

test("what is too large, empty or one too many is said, and the rest is taken", async ({
  pair: { ana, roomId },
}) => {
  const { page, t } = ana;
  await visit(page, `/r/${roomId}`);
  const small = (index: number) => ({ ...note, name: `nota ${index}.txt`, bytes: Buffer.from(`${index}`) });
  const many = Array.from({ length: attachmentsPerMessage + 1 }, (_, index) => small(index));
  await dropFiles(ana, [{ ...note, name: "vacío.txt", bytes: Buffer.alloc(0) }, small(99)]);
  const saying = (reason: "ATTACHMENT_EMPTY" | "ATTACHMENT_TOO_LARGE", name: string) =>
    page.getByText(t("messages.files.refused", { name, reason: t(`errors.${reason}`) }));
  await expect(saying("ATTACHMENT_EMPTY", "vacío.txt")).toBeVisible();
  await expect(entriesOf(ana)).toHaveText([/nota 99\.txt/]);

  const carried = await page.evaluateHandle((bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], "enorme.bin"));
    return transfer;
  }, attachmentMaxBytes + 1);
  await page.getByRole("textbox").last().dispatchEvent("drop", { dataTransfer: carried });
  await expect(saying("ATTACHMENT_TOO_LARGE", "enorme.bin")).toBeVisible();
  await expect(entriesOf(ana)).toHaveCount(1);

  await page.getByRole("button", { name: t("messages.files.remove", { name: "nota 99.txt" }) }).click();
  await dropFiles(ana, many);
  await expect(page.getByText(t("messages.files.tooMany", { max: attachmentsPerMessage }))).toBeVisible();
  await expect(entriesOf(ana)).toHaveCount(attachmentsPerMessage);
  await expectAccessible(page);
  await send(ana);
  await expect(messagesOf(ana).getByRole("link")).toHaveCount(attachmentsPerMessage);
});

test("sound and video are played in place, one at a time", async ({ pair: { ana, bruno, roomId } }) => {
  test.slow();
  const { t } = bruno;
  await visit(ana.page, `/r/${roomId}`);
  await visit(bruno.page, `/r/${roomId}`);
  await dropFiles(ana, [tone, await recordVideo(ana.page, "olas.webm")]);
  await expect(entriesOf(ana)).toHaveCount(2);
  await send(ana);
  const message = messagesOf(bruno);
  const video = message.locator("video");
  await expect(video).toHaveAttribute("controls");
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth)).toBe(320);
  const sound = message.getByRole("group", { name: tone.name });
  await sound.getByRole("button", { name: t("messages.voice.play") }).click();
  const position = sound.getByRole("slider");
  await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(0);
  await expect(position).toHaveAttribute("aria-valuetext", /\/ 0:20$/);
  await expectAccessible(bruno.page);
  await video.evaluate((element: HTMLVideoElement) => element.play());
  await expect(sound.getByRole("button", { name: t("messages.voice.play") })).toBeVisible();
  await sound.getByRole("button", { name: t("messages.voice.play") }).click();
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.paused)).toBe(true);

  // It does not go on where nobody could stop it, and is where it was when one is back.
  await expect(sound.getByRole("button", { name: t("messages.voice.pause") })).toBeVisible();
  await bruno.page.getByRole("link", { name: t("rooms.newChat") }).click();
  await expect(message).toBeHidden();
  await bruno.page.goBack();
  await expect(sound.getByRole("button", { name: t("messages.voice.play") })).toBeVisible();
  expect(Number(await position.inputValue())).toBeGreaterThan(0);
});

test("a phone has its camera at hand, a desk has not", async ({ member }) => {
  const ana = await member("Ana Funes", phone);
  const bruno = await member("Bruno Paz");
  const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
  await visit(ana.page, `/r/${roomId}`);
  const camera = ({ page, t }: Person) => page.getByRole("button", { name: t("messages.files.camera") });
  await expect(camera(ana)).toBeVisible();
  await expect(ana.page.locator("input[type=file][capture=environment]")).toHaveAttribute(
    "accept",
    "image/*",
  );
  const choosing = ana.page.waitForEvent("filechooser");
  await camera(ana).tap();
  const { bytes: buffer } = await paintPicture(ana.page, "foto.jpg");
  await (await choosing).setFiles([{ name: "foto.jpg", mimeType: "image/jpeg", buffer }]);
  await expect(entriesOf(ana)).toHaveCount(1);
  await expectAccessible(ana.page);
  await send(ana);
  await expect(messagesOf(ana)).toHaveAccessibleName(new RegExp(ana.t("messages.delivery.sent")));
  await composerOf(ana, bruno).fill("¿Se ve?");
  await expect(camera(ana)).toBeHidden();
  await visit(bruno.page, `/r/${roomId}`);
  await expect(camera(bruno)).toBeHidden();
});
