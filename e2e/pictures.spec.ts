import { randomUUID } from "node:crypto";
import type { Locator } from "@playwright/test";
import sharp from "sharp";
import { expectAccessible } from "./axe";
import { places } from "./devices";
import { messageOf, type Person, roomLineOf, timelineOf, visit } from "./person";
import { expect, test } from "./test";

/** Three stripes, the middle one green: 900 × 300. */
const stripes = async () => ({
  name: "franjas.png",
  mimeType: "image/png",
  buffer: await sharp({ create: { width: 900, height: 300, channels: 3, background: "#0000ff" } })
    .composite([
      {
        input: { create: { width: 300, height: 300, channels: 3, background: "#ff0000" } },
        left: 0,
        top: 0,
      },
      {
        input: { create: { width: 300, height: 300, channels: 3, background: "#00ff00" } },
        left: 300,
        top: 0,
      },
    ])
    .png()
    .toBuffer(),
});

/** The colour in the middle of a picture that is drawn: the strongest of its three. */
const colourOf = (picture: Locator): Promise<string> =>
  picture.evaluate(async (image) => {
    if (!(image instanceof HTMLImageElement)) return "no picture";
    // One whose place another takes is not decoded any more.
    if (
      !(await image.decode().then(
        () => true,
        () => false,
      ))
    )
      return "not there yet";
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0, 9, 9);
    const [red = 0, green = 0, blue = 0] = context?.getImageData(4, 4, 1, 1).data ?? [];
    return red > green && red > blue ? "red" : green > blue ? "green" : "blue";
  });

const pictureIn = (place: Locator): Locator => place.locator("img[src^='/api/pictures/']").first();

const dialogOf = ({ page, t }: Person, title: "pictures.title" | "pictures.groupTitle") =>
  page.getByRole("dialog", { name: t(title) });

const choose = async ({ page, t }: Person, button: "pictures.add" | "pictures.change", place: Locator) => {
  const chooser = page.waitForEvent("filechooser");
  await place.getByRole("button", { name: t(button) }).click();
  return chooser;
};

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);
    // Each puts pictures through two browsers and the server, several times.
    test.slow();

    test("a picture of mine shows on every screen, at once, until I remove it", async ({ member }) => {
      const ana = await member("Ana Funes", options);
      const bruno = await member("Bruno Paz", options);
      const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
      await bruno.api.contacts.add.mutate({ username: ana.username });
      await ana.api.messages.send.mutate({ roomId, clientId: randomUUID(), body: "mírame" });
      await visit(bruno.page, `/r/${roomId}`);
      await expect(messageOf(bruno, "mírame")).toBeVisible();

      await visit(ana.page, "/settings");
      const profile = ana.page.getByRole("region", { name: ana.t("settings.profile") });
      await (await choose(ana, "pictures.add", profile)).setFiles(await stripes());
      const dialog = dialogOf(ana, "pictures.title");
      await expect(dialog.getByRole("button", { name: ana.t("pictures.save") })).toBeEnabled();
      await expectAccessible(ana.page);
      // To the right, until its left end stands in the middle.
      await dialog.getByRole("button", { name: ana.t("pictures.move") }).focus();
      for (let presses = 0; presses < 25; presses += 1) await ana.page.keyboard.press("ArrowRight");
      await dialog.getByRole("slider", { name: ana.t("pictures.zoom") }).fill("2");
      await dialog.getByRole("button", { name: ana.t("pictures.save") }).click();
      await expect(dialog).toBeHidden();
      await expect.poll(() => colourOf(pictureIn(profile))).toBe("red");

      // Bruno has done nothing.
      const header = bruno.page.getByRole("main");
      await expect.poll(() => colourOf(pictureIn(header))).toBe("red");
      await expect.poll(() => colourOf(pictureIn(timelineOf(bruno)))).toBe("red");

      await (await choose(ana, "pictures.change", profile)).setFiles(await stripes());
      await dialog.getByRole("button", { name: ana.t("pictures.save") }).click();
      await expect.poll(() => colourOf(pictureIn(header))).toBe("green");
      await visit(bruno.page, "/");
      await expect.poll(() => colourOf(pictureIn(roomLineOf(bruno, ana)))).toBe("green");

      await profile.getByRole("button", { name: ana.t("pictures.remove") }).click();
      await expect(pictureIn(profile)).toHaveCount(0);
      await expect(pictureIn(roomLineOf(bruno, ana))).toHaveCount(0);
    });

    test("a group's picture is its admins' to give, and shows to its people and to whom a link invites", async ({
      member,
    }) => {
      const ana = await member("Ana Funes", options);
      const bruno = await member("Bruno Paz", options);
      const carla = await member("Carla Ruiz", options);
      const user = await bruno.api.auth.me.query();
      const group = { name: "Mendoza" };
      const { roomId } = await ana.api.groups.create.mutate({ title: group.name, userIds: [user.id] });
      const { token } = await ana.api.groups.createInvite.mutate({ roomId });
      await bruno.api.contacts.accept.mutate({ roomId });
      await visit(bruno.page, `/r/${roomId}?details`);
      const brunos = bruno.page.getByRole("complementary", { name: bruno.t("rooms.details") });
      await expect(brunos).toBeVisible();
      await expect(brunos.getByRole("button", { name: bruno.t("pictures.add") })).toHaveCount(0);

      await visit(ana.page, `/r/${roomId}?details`);
      const details = ana.page.getByRole("complementary", { name: ana.t("rooms.details") });
      await (await choose(ana, "pictures.add", details)).setFiles(await stripes());
      const dialog = dialogOf(ana, "pictures.groupTitle");
      await dialog.getByRole("button", { name: ana.t("pictures.save") }).click();
      await expect(dialog).toBeHidden();
      await expect.poll(() => colourOf(pictureIn(details))).toBe("green");
      await expect.poll(() => colourOf(pictureIn(brunos))).toBe("green");
      await visit(bruno.page, `/r/${roomId}`);
      await expect(timelineOf(bruno)).toContainText(/Ana Funes (cambió la foto|changed the group)/);

      await visit(carla.page, `/join/${token}`);
      await expect.poll(() => colourOf(pictureIn(carla.page.locator("body")))).toBe("green");

      await details.getByRole("button", { name: ana.t("pictures.remove") }).click();
      await expect(pictureIn(details)).toHaveCount(0);
      await expect(pictureIn(bruno.page.getByRole("main"))).toHaveCount(0);
    });
  });
}

test("dragging moves the picture under the square", async ({ member }) => {
  const ana = await member("Ana Funes");
  await visit(ana.page, "/settings");
  const profile = ana.page.getByRole("region", { name: ana.t("settings.profile") });
  await (await choose(ana, "pictures.add", profile)).setFiles(await stripes());
  const dialog = dialogOf(ana, "pictures.title");
  const square = dialog.getByRole("button", { name: ana.t("pictures.move") });
  await expect(dialog.getByRole("button", { name: ana.t("pictures.save") })).toBeEnabled();
  const box = await square.boundingBox();
  if (!box) throw new Error("nothing to drag");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await ana.page.mouse.move(x, y);
  await ana.page.mouse.down();
  await ana.page.mouse.move(x - box.width * 2, y, { steps: 8 });
  await ana.page.mouse.up();
  await dialog.getByRole("button", { name: ana.t("pictures.save") }).click();
  await expect.poll(() => colourOf(pictureIn(profile))).toBe("blue");
});

test("what is no picture is said to be none", async ({ member }) => {
  const ana = await member("Ana Funes");
  await visit(ana.page, "/settings");
  const profile = ana.page.getByRole("region", { name: ana.t("settings.profile") });
  const text = { name: "nota.png", mimeType: "image/png", buffer: Buffer.from("no soy una foto") };
  await (await choose(ana, "pictures.add", profile)).setFiles(text);
  await expect(ana.page.getByText(ana.t("errors.IMAGE_UNREADABLE"))).toBeVisible();
  await expect(dialogOf(ana, "pictures.title")).toBeHidden();
  await expect(profile.getByRole("button", { name: ana.t("pictures.add") })).toBeVisible();
});
