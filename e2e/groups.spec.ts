import { places } from "./devices";
import { backToList, messageOf, type Person, roomLineOf, untilUsable, visit, write } from "./person";
import { expect, test } from "./test";

const group = { name: "Viaje a Mendoza" };

const detailsOf = ({ page, t }: Person) => page.getByRole("complementary", { name: t("rooms.details") });

const openDetails = async (person: Person): Promise<void> => {
  await person.page.getByRole("button", { name: person.t("rooms.details") }).click();
  await expect(detailsOf(person)).toBeVisible();
};

/** Does something about a member, by the options that a press on their line shows. */
const act = async (person: Person, member: Person, action: string): Promise<void> => {
  const details = detailsOf(person);
  const line = details.getByRole("listitem").filter({ hasText: member.name });
  const toggle = line.getByRole("button", { expanded: false });
  if ((await toggle.count()) > 0) await toggle.click();
  await line.getByRole("button", { name: action, exact: true }).click();
};

const createGroup = async ({ page, t }: Person, people: Person[]): Promise<void> => {
  await page.getByRole("link", { name: t("rooms.newChat") }).click();
  await page.getByRole("link", { name: t("groups.new") }).click();
  await page.getByRole("button", { name: t("groups.create") }).click();
  await expect(page.getByLabel(t("groups.title"))).toHaveAccessibleDescription(t("errors.fields.titleEmpty"));
  await page.getByLabel(t("groups.title")).fill(group.name);
  for (const person of people) {
    await page.getByLabel(t("groups.searchPeople")).fill(person.username);
    await page.getByRole("checkbox", { name: person.name }).check({ force: true });
  }
  await expect(page.getByText(t("groups.picked", { count: people.length }))).toBeVisible();
  await page.getByRole("button", { name: t("groups.create") }).click();
  await expect(page.getByRole("heading", { name: group.name })).toBeVisible();
};

// Who is taken out of a group that is open asks for it once more, and is refused.
test.use({ expectedNoise: [/404.*rooms\.get/] });

for (const { title, options } of places) {
  test(`three people in a group: roles, names, leaving and handing over, ${title}`, async ({ member }) => {
    const ana = await member("Ana Funes", options);
    const bruno = await member("Bruno Paz", options);
    const carla = await member("Carla Ruiz", options);
    // Bruno knows Ana; to Carla the group is a request.
    await ana.api.contacts.add.mutate({ username: bruno.username });
    await bruno.api.contacts.add.mutate({ username: ana.username });
    await visit(bruno.page, "/");
    await visit(carla.page, "/");
    await visit(ana.page, "/");
    await createGroup(ana, [bruno, carla]);

    await roomLineOf(bruno, group).click();
    const header = bruno.page.getByRole("main");
    await expect(header).toContainText(bruno.t("rooms.people", { count: 2 }));
    await roomLineOf(carla, group).click();
    await expect(
      carla.page.getByRole("heading", { name: carla.t("groups.requestTitle", { title: group.name }) }),
    ).toBeVisible();
    await carla.page.getByRole("button", { name: carla.t("rooms.accept") }).click();
    await expect(carla.page.getByRole("button", { name: carla.t("rooms.accept") })).toBeHidden();

    // Now she takes part.
    await expect(header).toContainText(bruno.t("rooms.people", { count: 3 }));

    await write(ana, group, "¿Quién lleva el mate?");
    await expect(carla.page.getByRole("log").getByText("¿Quién lleva el mate?")).toBeVisible();

    await openDetails(ana);
    await expect(detailsOf(ana).getByText(ana.t("groups.leaveOwner"))).toBeVisible();
    await act(ana, bruno, ana.t("groups.makeAdmin"));
    await expect(detailsOf(ana).getByRole("listitem").filter({ hasText: bruno.name })).toContainText(
      ana.t("groups.admin"),
    );

    await openDetails(bruno);
    await bruno.page.getByRole("button", { name: bruno.t("groups.rename") }).click();
    await bruno.page.getByLabel(bruno.t("groups.title")).fill("Mendoza en mayo");
    await bruno.page.getByRole("button", { name: bruno.t("groups.save") }).click();
    await expect(carla.page.getByRole("heading", { name: "Mendoza en mayo" })).toBeVisible();

    await openDetails(carla);
    // A plain member changes nothing, but may leave.
    await expect(detailsOf(carla).getByRole("button", { name: carla.t("groups.leave") })).toBeEnabled();
    await expect(detailsOf(carla).getByRole("button", { name: carla.t("groups.rename") })).toBeHidden();
    await expect(detailsOf(carla).getByRole("button", { name: carla.t("groups.add") })).toBeHidden();

    await act(bruno, carla, bruno.t("groups.remove"));
    await bruno.page
      .getByRole("alertdialog")
      .getByRole("button", { name: bruno.t("groups.remove") })
      .click();
    await expect(roomLineOf(carla, { name: "Mendoza en mayo" })).toBeHidden();
    await expect(detailsOf(bruno).getByText(bruno.t("rooms.people", { count: 2 }))).toBeVisible();

    await act(ana, bruno, ana.t("groups.makeOwner"));
    await ana.page
      .getByRole("alertdialog")
      .getByRole("button", { name: ana.t("groups.makeOwner") })
      .click();
    await expect(detailsOf(ana).getByText(ana.t("groups.leaveOwner"))).toBeHidden();
    await detailsOf(ana)
      .getByRole("button", { name: ana.t("groups.leave") })
      .click();
    await ana.page
      .getByRole("alertdialog")
      .getByRole("button", { name: ana.t("groups.leave") })
      .click();
    await expect(ana.page).toHaveURL(/\/$/);
    await expect(roomLineOf(ana, { name: "Mendoza en mayo" })).toBeHidden();
    await expect(roomLineOf(ana, bruno)).toBeVisible();
  });
}

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("an invite link: made, used by somebody new, run out, and revoked", async ({ member, visitor }) => {
      const ana = await member("Ana Funes");
      const { page, t } = ana;
      const { roomId } = await ana.api.groups.create.mutate({ title: group.name, userIds: [] });
      await visit(page, `/r/${roomId}?details`);
      await page.getByRole("button", { name: t("groups.invites") }).click();
      const dialog = page.getByRole("dialog", { name: t("groups.invites") });
      await dialog
        .getByLabel(t("groups.inviteUses"))
        .selectOption({ label: t("groups.timesLimit", { count: 1 }) });
      await dialog
        .getByLabel(t("groups.inviteExpiry"))
        .selectOption({ label: t("groups.days", { count: 1 }) });
      await dialog.getByRole("button", { name: t("groups.createInvite") }).click();
      const link = await dialog.getByRole("list").getByRole("textbox").inputValue();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("button", { name: t("groups.invites") })).toBeFocused();

      // Signed out: through registering, and back to the link.
      const bruno = await visitor("Bruno Paz");
      await visit(bruno.page, link);
      await expect(bruno.page).toHaveURL(/\/sign-in\?next=/);
      await bruno.page.getByRole("link", { name: t("auth.register") }).click();
      await bruno.page.getByLabel(t("auth.displayName"), { exact: true }).fill(bruno.name);
      await bruno.page.getByLabel(t("auth.username"), { exact: true }).fill(bruno.username);
      await bruno.page.getByLabel(t("auth.password"), { exact: true }).fill(bruno.password);
      await bruno.page.getByRole("button", { name: t("auth.register") }).click();
      await expect(
        bruno.page.getByRole("heading", { name: t("groups.joinTitle", { title: group.name }) }),
      ).toBeVisible();
      await untilUsable(bruno.page);
      await bruno.page.getByRole("button", { name: t("groups.join") }).click();
      await expect(bruno.page).toHaveURL(new RegExp(`/r/${roomId}$`));
      await visit(bruno.page, `/r/${roomId}`);
      await write(bruno, group, "¡Llegué!");
      await expect(messageOf(bruno, "¡Llegué!")).toBeVisible();
      await expect(detailsOf(ana).getByText(bruno.name)).toBeVisible();
      // It was good for one.
      const carla = await member("Carla Ruiz");
      await visit(carla.page, link);
      await expect(carla.page.getByRole("heading", { name: t("groups.joinGoneTitle") })).toBeVisible();

      await page.getByRole("button", { name: t("groups.invites") }).click();
      await expect(dialog.getByRole("list").getByRole("textbox")).toHaveCount(0);
      await dialog.getByRole("button", { name: t("groups.createInvite") }).click();
      const another = await dialog.getByRole("list").getByRole("textbox").inputValue();
      await visit(bruno.page, another);
      await expect(bruno.page).toHaveURL(new RegExp(`/r/${roomId}$`));
      await dialog.getByRole("button", { name: t("groups.revoke") }).click();
      await expect(page.getByText(t("groups.revoked"))).toBeVisible();
      await visit(carla.page, another);
      await expect(carla.page.getByRole("heading", { name: t("groups.joinGoneTitle") })).toBeVisible();
    });

    test("who comes and goes shows in the open group at once", async ({ pair: { ana, bruno } }) => {
      const { page, t } = ana;
      const { roomId } = await ana.api.groups.create.mutate({ title: group.name, userIds: [] });
      await visit(page, `/r/${roomId}?details`);
      await expect(detailsOf(ana).getByRole("listitem")).toHaveCount(1);
      const { id: userId } = await bruno.api.auth.me.query();
      await ana.api.groups.addMembers.mutate({ roomId, userIds: [userId] });
      const line = detailsOf(ana).getByRole("listitem").filter({ hasText: bruno.name });
      await expect(line).toBeVisible();
      const online = line.getByText(t("contacts.online"));
      await expect(online).toHaveCount(0);
      await visit(bruno.page, "/");
      await expect(online).toHaveCount(1, { timeout: 5_000 });
      await bruno.page.close();
      await expect(online).toHaveCount(0);
    });

    test("who is writing shows in the list and in the room until their message is there", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t } = ana;
      await visit(page, `/r/${roomId}`);
      await bruno.api.rooms.typing.mutate({ roomId });
      const writing = t("rooms.typing", { name: "Bruno" });
      await expect(page.getByRole("main").getByText(writing).first()).toBeVisible();
      await backToList(ana);
      await bruno.api.rooms.typing.mutate({ roomId });
      await expect(roomLineOf(ana, bruno)).toContainText(writing);
      await bruno.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body: "Ya está" });
      await expect(roomLineOf(ana, bruno)).toContainText("Ya está");
      await expect(page.getByText(writing)).toHaveCount(0);
    });

    test("a room is muted for a while and calls for attention again", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, t } = ana;
      await visit(page, `/r/${roomId}?details`);
      await page.getByRole("button", { name: t("notifications.mute") }).click();
      await page.getByRole("button", { name: t("notifications.hours", { count: 8 }) }).click();
      await expect(page.getByRole("button", { name: t("notifications.unmute") })).toBeVisible();
      await visit(page, "/");
      const muted = roomLineOf(ana, bruno).getByRole("img", { name: t("rooms.muted") });
      await expect(muted).toBeVisible();
      await visit(page, `/r/${roomId}?details`);
      await page.getByRole("button", { name: t("notifications.unmute") }).click();
      await expect(page.getByRole("button", { name: t("notifications.mute") })).toBeVisible();
      await visit(page, "/");
      await expect(roomLineOf(ana, bruno)).toBeVisible();
      await expect(muted).toBeHidden();
    });
  });
}

test("who has left keeps their name over what they wrote and by their reactions, until they are no more", async ({
  member,
}) => {
  const [ana, bruno] = [await member("Ana Funes"), await member("Bruno Paz")];
  const { page, t } = ana;
  const { id: userId } = await bruno.api.auth.me.query();
  const { roomId } = await ana.api.groups.create.mutate({ title: group.name, userIds: [userId] });
  await bruno.api.contacts.accept.mutate({ roomId });
  const send = { roomId, clientId: crypto.randomUUID(), body: "Me bajo acá" };
  const { seq } = await bruno.api.messages.send.mutate(send);
  await bruno.api.messages.react.mutate({ roomId, seq, emoji: "👋", on: true });
  await bruno.api.groups.leave.mutate({ roomId });
  await bruno.api.auth.updateProfile.mutate({ displayName: "Bruno Paz Soldán" });
  const message = messageOf(ana, "Me bajo acá");
  const isBy = async (name: string): Promise<void> => {
    await expect(message).toHaveAccessibleName(new RegExp(`^${name}`));
    await message.getByRole("button", { name: /👋/ }).hover();
    await expect(message.getByRole("button", { name: /👋/ })).toHaveAccessibleName(new RegExp(name));
  };
  await visit(page, `/r/${roomId}`);
  await isBy("Bruno Paz Soldán");
  await bruno.api.account.delete.mutate({ password: bruno.password });
  await isBy(t("common.deletedAccount"));
  await page.reload();
  await isBy(t("common.deletedAccount"));
});
