import { places } from "./devices";
import { messageOf, type Person, visit } from "./person";
import { expect, test } from "./test";

const switchOf = ({ page, t }: Person, name: "sharesReading" | "sharesPresence") =>
  page.getByRole("switch", { name: t(`settings.${name}`) });

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("what one keeps to oneself is gone from open pages at once, and one does not see it of others", async ({
      pair: { ana, bruno, roomId },
      device,
    }) => {
      const say = (person: Person, body: string) =>
        person.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body });
      await say(ana, "De Ana");
      await say(bruno, "De Bruno");
      for (const person of [ana, bruno]) await visit(person.page, `/r/${roomId}`);
      const mine = [
        {
          person: ana,
          message: messageOf(ana, "De Ana"),
          online: ana.page.getByRole("main").getByText(ana.t("contacts.online")),
        },
        {
          person: bruno,
          message: messageOf(bruno, "De Bruno"),
          online: bruno.page.getByRole("main").getByText(bruno.t("contacts.online")),
        },
      ];
      const state = (person: Person, delivery: "read" | "delivered") =>
        new RegExp(person.t(`messages.delivery.${delivery}`));
      for (const { person, message, online } of mine) {
        await expect(message).toHaveAccessibleName(state(person, "read"));
        await expect(online.last()).toBeVisible();
      }

      const settings = await device(bruno);
      await visit(settings.page, "/settings");
      await expect(switchOf(settings, "sharesReading")).toBeChecked();
      await switchOf(settings, "sharesReading").uncheck();
      for (const { person, message } of mine) {
        await expect(message).toHaveAccessibleName(state(person, "delivered"));
      }
      await switchOf(settings, "sharesPresence").uncheck();
      for (const { online } of mine) await expect(online).toHaveCount(0);

      await settings.page.reload();
      await expect(switchOf(settings, "sharesPresence")).not.toBeChecked();
      await switchOf(settings, "sharesReading").check();
      await switchOf(settings, "sharesPresence").check();
      for (const { person, message, online } of mine) {
        await expect(message).toHaveAccessibleName(state(person, "read"));
        await expect(online.last()).toBeVisible();
      }
    });
  });
}
