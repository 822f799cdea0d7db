import { send } from "./attach";
import { places } from "./devices";
import { choose } from "./message-menu";
import { messageOf, messagesOf, roomLineOf, timelineOf, visit, write } from "./person";
import { expect, test } from "./test";

/** Each would call `alert` if it became more than text. */
const attacks = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "**<svg onload=alert(1)>**",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](data:text/html,<script>alert(1)</script>)",
  '[x](https://example.org/"onmouseover="alert(1))',
  "![x](javascript:alert(1))",
  "```html\n<script>alert(1)</script>\n```",
  '```"><img src=x onerror=alert(1)>\n1\n```',
  "> <iframe src=javascript:alert(1)></iframe>",
  "[a]: javascript:alert(1)\n[a]",
  '*hola* https://example.org/"><script>alert(1)</script>',
];

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("Markdown is drawn, links lead to the web alone, and nothing that is written runs", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page } = bruno;
      const dialogs: string[] = [];
      page.on("dialog", (dialog) => {
        dialogs.push(dialog.message());
        void dialog.dismiss();
      });
      await visit(page, `/r/${roomId}`);
      for (const body of attacks) {
        await ana.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body });
      }
      await ana.api.messages.send.mutate({
        roomId,
        clientId: crypto.randomUUID(),
        body: "Esto es **importante**:\n- [la guía](https://example.org/guia)\n- `npm start`\n```ts\nconst uno = 1;\n```",
      });
      const last = timelineOf(bruno).getByRole("article").filter({ hasText: "importante" });
      await expect(last.locator("strong")).toHaveText("importante");
      await expect(last.getByRole("link", { name: "la guía" })).toHaveAttribute(
        "href",
        "https://example.org/guia",
      );
      await expect(last.getByRole("listitem")).toHaveCount(2);
      await expect(last.locator("pre span").first()).toHaveText("const");

      const timeline = timelineOf(bruno);
      await expect(timeline.getByRole("article")).toHaveCount(attacks.length + 1);
      expect(await timeline.locator("script, img, iframe, svg:not([aria-hidden]), style").count()).toBe(0);
      const hrefs = await timeline
        .locator("a")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      for (const href of hrefs) expect(href).toMatch(/^https:\/\/example\.org\//);
      for (const link of await timeline.locator("a").all()) await link.hover();
      expect(dialogs).toEqual([]);
    });

    test("in a group an @ offers its people, and they are told what each has done", async ({
      member,
      pair,
    }) => {
      const { ana, bruno } = pair;
      const carla = await member("Carla Ríos");
      const [brunoUser, carlaUser] = await Promise.all([
        bruno.api.auth.me.query(),
        carla.api.auth.me.query(),
      ]);
      await ana.api.contacts.add.mutate({ username: carla.username });
      await carla.api.contacts.add.mutate({ username: ana.username });
      const { roomId } = await ana.api.groups.create.mutate({
        title: "Viaje a Mendoza",
        userIds: [brunoUser.id, carlaUser.id],
      });
      const { page, t } = ana;
      await visit(page, `/r/${roomId}`);
      await expect(
        timelineOf(ana).getByText(
          t("messages.notices.created", { by: "me", name: "", title: "Viaje a Mendoza" }),
        ),
      ).toBeVisible();
      const composer = page.getByRole("textbox", {
        name: t("messages.composer", { name: "Viaje a Mendoza" }),
      });
      await composer.pressSequentially("Hola @rio");
      await expect(page.getByRole("option", { name: carla.name })).toHaveAttribute("aria-selected", "true");
      await page.getByRole("option", { name: carla.name }).click();
      await expect(composer).toHaveValue(`Hola @${carla.username} `);
      await send(ana);
      await expect(timelineOf(ana).getByText(`@${carla.username}`)).toBeVisible();

      // Who saw it is told on demand.
      await visit(carla.page, `/r/${roomId}`);
      await expect(messageOf(carla, `Hola @${carla.username}`).first()).toBeVisible();
      await choose(ana, messagesOf(ana), t("messages.seenBy"));
      await expect(page.getByRole("dialog", { name: t("messages.seenBy") })).toContainText(carla.name);
    });

    test("one sees that somebody is writing", async ({ pair: { ana, bruno, roomId } }) => {
      await visit(ana.page, `/r/${roomId}`);
      await visit(bruno.page, `/r/${roomId}`);
      await write(bruno, ana, "Ya salgo");
      await expect(messageOf(ana, "Ya salgo")).toBeVisible();
      const composer = bruno.page.getByRole("textbox", {
        name: bruno.t("messages.composer", { name: ana.name }),
      });
      await composer.pressSequentially("Estoy");
      const line = ana.page.getByRole("main").getByText(ana.t("rooms.typing", { name: "Bruno" }));
      await expect(line.last()).toBeVisible();
      await write(bruno, ana, "Estoy llegando");
      await expect(messageOf(ana, "Estoy llegando")).toBeVisible();
      await expect(line).toHaveCount(0);
    });

    test("searching in a room leads to what was said", async ({ pair: { ana, bruno, roomId } }) => {
      const { page, t } = ana;
      await bruno.api.messages.send.mutate({
        roomId,
        clientId: crypto.randomUUID(),
        body: "Los camiones salen temprano",
      });
      const talk = Array.from({ length: 120 }, (_, n) => `Relleno ${n}`);
      await Promise.all(
        talk.map((body) => bruno.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body })),
      );
      await visit(page, `/r/${roomId}`);
      await page.getByRole("button", { name: t("rooms.searchRoom") }).click();
      await page.getByRole("combobox", { name: t("messages.search.title") }).fill("camión");
      const result = page
        .getByRole("complementary")
        .getByRole("option", { name: "Los camiones salen temprano" });
      await expect(result.locator("mark")).toHaveText("camiones");
      await result.click();
      await expect(messageOf(ana, "Los camiones salen temprano")).toBeInViewport();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("complementary")).toBeHidden();
    });
  });
}

test("in one line a message stands without its marks: in the list, in quotes, and while one answers", async ({
  pair: { ana, bruno, roomId },
}) => {
  const { page, t } = ana;
  const body = "**hola** [una página](https://example.org)\n```ts\nconst a = 1;\nconst b = 2;\n```";
  const line = "hola una página const a = 1; …";
  await bruno.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body });
  await visit(page, `/r/${roomId}`);
  await expect(roomLineOf(ana, bruno)).toContainText(line);
  await timelineOf(ana).getByRole("article").focus();
  await page.keyboard.press("r");
  await expect(page.locator("form").filter({ hasText: t("messages.replyingTo") })).toContainText(line);
  await write(ana, bruno, "*sí*");
  await expect(
    page.getByRole("button", { name: t("messages.goToQuoted", { name: bruno.name }) }),
  ).toContainText(line);
  await expect(roomLineOf(ana, bruno)).toContainText(t("rooms.you", { text: "sí" }));
});

// Phones have them on their keyboards.
test("emoji from the picker stand where the caret is", async ({ pair: { ana, bruno, roomId } }) => {
  const { page, t } = ana;
  await visit(page, `/r/${roomId}`);
  const composer = page.getByRole("textbox", { name: t("messages.composer", { name: bruno.name }) });
  await composer.fill("Hola , ¿vamos?");
  await composer.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 5));
  await page.getByRole("button", { name: t("messages.emoji"), exact: true }).click();
  await page.getByRole("searchbox", { name: t("messages.emojiSearch") }).fill("panda");
  await page.getByRole("gridcell", { name: "panda" }).click();
  await expect(composer).toHaveValue("Hola 🐼, ¿vamos?");
  await expect(composer).toBeFocused();
  await send(ana);
  await expect(messageOf(ana, "Hola 🐼, ¿vamos?")).toBeVisible();
});
