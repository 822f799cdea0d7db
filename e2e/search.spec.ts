import { expectAccessible } from "./axe";
import { places } from "./devices";
import { messageOf, type Person, visit } from "./person";
import { expect, test } from "./test";

const say = (person: Person, roomId: string, body: string) =>
  person.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body });

/** Opens the search over everything, and types. */
const searchFor = async ({ page, t }: Person, text: string): Promise<void> => {
  await page.getByRole("button", { name: t("rooms.searchLabel") }).click();
  await page.getByRole("combobox", { name: t("rooms.searchLabel") }).fill(text);
};

const fillOf = ({ page, t }: Person) => page.getByRole("combobox", { name: t("rooms.searchLabel") });
const groupOf = ({ page }: Person, label: string) => page.getByRole("group", { name: label, exact: true });

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("one search finds rooms, people and messages, and leads to a message in its place", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t } = ana;
      await say(bruno, roomId, "**Ojo**: el ceibo florece en noviembre");
      for (let n = 0; n < 60; n++) await say(bruno, roomId, `Relleno ${n}`);
      const { roomId: groupId } = await ana.api.groups.create.mutate({
        title: "Club del Ceibo",
        userIds: [],
      });
      await say(ana, groupId, "El ceibo es nuestro árbol");
      await visit(page, "/");
      await searchFor(ana, "ceibo");
      await expect(groupOf(ana, t("rooms.searchRooms")).getByRole("option")).toHaveText([/Club del Ceibo/]);
      const found = groupOf(ana, t("messages.search.messages")).getByRole("option");
      await expect(found).toHaveCount(2);
      await expect(found.first()).toContainText("Club del Ceibo");
      await expect(found.last()).toContainText(bruno.name);
      await expect(found.last()).toContainText("Ojo: el ceibo florece");
      await expect(found.last().locator("mark")).toHaveText("ceibo");
      await found.last().click();
      await expect(page).toHaveURL(new RegExp(`/r/${roomId}`));
      await expect(page.getByText("el ceibo florece en noviembre")).toBeInViewport();

      // Again, though the address leads there already.
      await page.getByRole("button", { name: t("messages.jumpToLatest") }).click();
      await expect(messageOf(ana, "Relleno 59")).toBeInViewport();
      await page.keyboard.press("Control+k");
      const recent = groupOf(ana, t("rooms.recentSearches")).getByRole("option", { name: "ceibo" });
      await recent.click();
      await expect(fillOf(ana)).toHaveValue("ceibo ");
      await found.last().click();
      await expect(page.getByText("el ceibo florece en noviembre")).toBeInViewport();
    });
  });
}

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("axe finds nothing serious in the search, whatever it shows", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t } = ana;
      await say(bruno, roomId, "El ceibo florece");
      await visit(page, "/");
      await searchFor(ana, "");
      await expectAccessible(page);
      await fillOf(ana).fill(`ceibo ${t("messages.search.words.has")}:`);
      await expect(page.getByRole("option", { name: t("messages.search.hasNames.image") })).toBeVisible();
      await expectAccessible(page);
      await fillOf(ana).fill(`ceibo ${t("messages.search.words.after")}:2020`);
      await expect(page.locator("mark")).toBeVisible();
      await expectAccessible(page);
    });
  });
}

test("filters are typed or chosen, by the keys alone, and taken out again", async ({
  pair: { ana, bruno, roomId },
  member,
}) => {
  const { page, t } = ana;
  const carla = await member("Carla Ruiz");
  const other = await carla.api.contacts.add.mutate({ username: ana.username });
  await ana.api.contacts.add.mutate({ username: carla.username });
  await say(bruno, roomId, "Gastos de mayo: https://example.org/mayo");
  await say(ana, roomId, "Gastos de abril");
  await say(carla, other.roomId, "Gastos de junio");
  await visit(page, "/");
  const found = groupOf(ana, t("messages.search.messages")).getByRole("option");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("gastos");
  await expect(found).toHaveCount(3);
  await page.keyboard.type(` de:${bruno.username.slice(0, 5)}`);
  const people = groupOf(ana, t("messages.search.names.from"));
  await expect(people.getByRole("option")).toHaveText([new RegExp(bruno.username)]);
  await page.keyboard.press("Enter");
  await expect(fillOf(ana)).toHaveValue(`gastos de:${bruno.username} `);
  await expect(found).toHaveText([/Gastos de mayo/]);

  const chip = page.getByRole("button", {
    name: t("messages.search.removeFilter", { name: t("messages.search.names.from"), value: bruno.username }),
  });
  await chip.click();
  await expect(fillOf(ana)).toBeFocused();
  await expect(found).toHaveCount(3);

  await page.getByRole("button", { name: t("messages.search.names.in"), exact: true }).click();
  await expect(fillOf(ana)).toHaveValue("gastos en:");
  await page.keyboard.type("carla");
  await page.keyboard.press("Enter");
  await expect(fillOf(ana)).toHaveValue('gastos en:"Carla Ruiz" ');
  await expect(found).toHaveText([/Gastos de junio/]);

  await fillOf(ana).fill("tiene:enlace");
  await expect(found).toHaveText([/Gastos de mayo/]);
  await fillOf(ana).fill("from:me gastos");
  await expect(found).toHaveText([/Gastos de abril/]);
  await fillOf(ana).fill("antes:2020-01-01 gastos");
  await expect(page.getByText(t("rooms.searchEmpty"))).toBeVisible();
  await fillOf(ana).fill("desde:hoy gastos");
  await expect(found).toHaveCount(3);
  await fillOf(ana).fill("en:nada gastos");
  await expect(page.getByText(t("messages.search.unknown", { filter: "en:nada" }))).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("in a room the same filters narrow down what is found there", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t } = ana;
      await say(bruno, roomId, "Lo de Bruno");
      await say(ana, roomId, "Lo de Ana");
      await visit(page, `/r/${roomId}`);
      await page.getByRole("button", { name: t("rooms.searchRoom") }).click();
      const field = page.getByRole("combobox", { name: t("messages.search.title") });
      await expect(field).toBeFocused();
      await page.keyboard.type(`${t("messages.search.words.from")}:`);
      await expect(page.getByRole("option")).toHaveCount(2);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await expect(field).toHaveValue(`${t("messages.search.words.from")}:${bruno.username} `);
      await expect(page.getByRole("option")).toHaveText([/Lo de Bruno/]);
      await page.keyboard.press("Enter");
      await expect(messageOf(ana, "Lo de Bruno")).toBeInViewport();
    });
  });
}
