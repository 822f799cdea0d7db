import { expectAccessible } from "./axe";
import { places } from "./devices";
import { backToList, goToRoom, messageOf, type Person, roomLineOf, visit } from "./person";
import { allowNotifications, click, expect, givePushService, openDelivery, standing, test } from "./push";

test.use({ expectedNoise: [/does not support the Push API in incognito mode|412 .*notifications\.test/] });

/** Has the page keep count of what sounds. */
const countSounds = async ({ browser }: Person): Promise<void> => {
  await browser.addInitScript(() => {
    Object.assign(window, { sounds: 0 });
    class CountedNote extends OscillatorNode {
      override start(when?: number): void {
        Object.assign(window, { sounds: (window as unknown as { sounds: number }).sounds + 1 });
        super.start(when);
      }
    }
    Object.assign(window, { OscillatorNode: CountedNote });
  });
};
const soundsOf = ({ page }: Person): Promise<number> =>
  page.evaluate(() => (window as unknown as { sounds: number }).sounds);

/** What the settings' buttons do, once there is a service worker to show what comes. */
const turnOn = async ({ page, t }: Person): Promise<void> => {
  await visit(page, "/settings");
  await page.evaluate(() => navigator.serviceWorker.ready);
  const browser = page.getByRole("switch", { name: t("notifications.browser") });
  await browser.click();
  await expect(browser).toBeChecked();
  await expect(page.getByRole("switch", { name: t("notifications.sound") })).toBeChecked();
};

const say = (person: Person, roomId: string, body: string) =>
  person.api.messages.send.mutate({ roomId, clientId: crypto.randomUUID(), body });

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("a message calls for attention, but not in the room that one is looking at, nor in a muted one", async ({
      pair: { ana, bruno, roomId },
      member,
    }) => {
      const carla = await member("Carla Ruiz");
      const other = await carla.api.contacts.add.mutate({ username: ana.username });
      await ana.api.contacts.add.mutate({ username: carla.username });

      await allowNotifications(ana);
      await countSounds(ana);
      await turnOn(ana);
      await goToRoom(ana, bruno);
      await say(bruno, roomId, "Te estoy viendo");
      await expect(messageOf(ana, "Te estoy viendo")).toBeVisible();
      await say(carla, other.roomId, "Y yo escribo en otra");
      await expect.poll(() => standing(ana)).toEqual(["Carla Ruiz: Y yo escribo en otra"]);
      await expect.poll(() => soundsOf(ana)).toBe(2);
      await expect(ana.page).toHaveTitle(/^\(1\) Bruno Paz/);
      await expect(ana.page.locator('link[rel="icon"]').last()).toHaveAttribute("href", /^data:/);

      await ana.api.rooms.mute.mutate({ roomId: other.roomId, until: new Date(Date.now() + 3_600_000) });
      await expect(ana.page).toHaveTitle(/^Bruno Paz/);
      await backToList(ana);
      await expect(roomLineOf(ana, carla).getByRole("img", { name: ana.t("rooms.muted") })).toBeVisible();
      await say(carla, other.roomId, "En silencio");
      await expect(roomLineOf(ana, carla)).toContainText("En silencio");
      // Long after the muted one would have called, something else does.
      await ana.page.getByRole("link", { name: ana.t("settings.title") }).click();
      await say(bruno, roomId, "¿Te fuiste?");
      await expect
        .poll(async () => (await standing(ana)).sort())
        .toEqual(["Bruno Paz: ¿Te fuiste?", "Carla Ruiz: Y yo escribo en otra"]);
      // What has been read calls no more.
      await goToRoom(ana, bruno);
      await expect.poll(() => standing(ana)).toEqual(["Carla Ruiz: Y yo escribo en otra"]);
    });
  });
}

test("what is off stays off, on this device", async ({ pair: { ana, bruno, roomId } }) => {
  const { page, t } = ana;
  await allowNotifications(ana);
  await countSounds(ana);
  await turnOn(ana);
  await page.getByRole("switch", { name: t("notifications.sound") }).uncheck();
  await page.reload();
  await expect(page.getByRole("switch", { name: t("notifications.browser") })).toBeChecked();
  await expect(page.getByRole("switch", { name: t("notifications.sound") })).not.toBeChecked();
  await page.getByRole("heading", { name: t("notifications.title") }).click();
  await say(bruno, roomId, "Sin ruido");
  await expect.poll(() => standing(ana)).toEqual(["Bruno Paz: Sin ruido"]);
  expect(await soundsOf(ana)).toBe(0);
});

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("a browser whose page is closed is called by a push, and a click leads to the room", async ({
      pair: { ana, bruno, roomId },
      pushService,
    }) => {
      const { page, t } = ana;
      await allowNotifications(ana);
      await givePushService(ana, pushService);
      await turnOn(ana);
      await expect(page.getByText(t("notifications.pushOn"))).toBeVisible();
      const deliver = await openDelivery(ana);

      // Somebody who looks at another view is called by the page, and not by a push.
      await say(bruno, roomId, "Con la página abierta");
      await expect.poll(() => standing(ana)).toEqual(["Bruno Paz: Con la página abierta"]);
      await page.goto("about:blank");
      await say(bruno, roomId, "Con la página cerrada");
      await expect
        .poll(() => pushService.deliveries.map(({ payload }) => payload))
        .toMatchObject([{ type: "message", roomId, author: "Bruno Paz", body: "Con la página cerrada" }]);
      for (const { payload } of pushService.deliveries) await deliver(payload);
      await expect.poll(() => standing(ana)).toEqual(["Bruno Paz: Con la página cerrada"]);
      // A push that comes late, or twice, brings back nothing.
      for (const { payload } of pushService.deliveries) await deliver(payload);

      await visit(page, "/settings");
      await click(ana, "Bruno Paz: Con la página cerrada");
      await expect(page).toHaveURL(new RegExp(`/r/${roomId}$`));
      await expect(messageOf(ana, "Con la página cerrada")).toBeVisible();
      await expect.poll(() => standing(ana)).toEqual([]);
    });
  });
}

test("the settings show whether a device can be called, and signing out ends it", async ({
  member,
  pushService,
}) => {
  const ana = await member("Ana Funes", { locale: "en-GB" });
  const { page, t } = ana;
  await allowNotifications(ana);
  await givePushService(ana, pushService);
  await turnOn(ana);
  const deliver = await openDelivery(ana);
  const test = page.getByRole("button", { name: t("notifications.test") });
  const result = page.getByRole("status");
  await test.click();
  await expect(result.filter({ hasText: t("notifications.testing") })).toBeVisible();
  await expect.poll(() => pushService.deliveries.length).toBe(1);
  await deliver({ type: "test" });
  await expect(result.filter({ hasText: t("notifications.testArrived") })).toBeVisible();
  expect(await standing(ana)).toEqual([`${t("notifications.testTitle")}: ${t("notifications.testBody")}`]);

  pushService.status = 403;
  await test.click();
  await expect(result.filter({ hasText: t("notifications.testRefused") })).toBeVisible();
  await expectAccessible(page);
  // A browser that the server has forgotten is made known to it again, and then called.
  pushService.status = 201;
  await ana.api.notifications.unsubscribe.mutate();
  await test.click();
  await expect.poll(() => pushService.deliveries.length).toBe(3);
  await deliver({ type: "test" });
  await expect(result.filter({ hasText: t("notifications.testArrived") })).toBeVisible();

  await page.getByRole("button", { name: t("settings.signOut"), exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(await standing(ana)).toEqual([]);
  expect(
    await page.evaluate(async () => {
      const { pushManager } = await navigator.serviceWorker.ready;
      return pushManager.getSubscription();
    }),
  ).toBeNull();
});

for (const { title, options } of places) {
  test(`who is not to be disturbed is not, on any device, and still sees what waits, ${title}`, async ({
    member,
    device,
  }) => {
    const ana = await member("Ana Funes", options);
    const bruno = await member("Bruno Paz");
    const { roomId } = await bruno.api.contacts.add.mutate({ username: ana.username });
    await ana.api.contacts.add.mutate({ username: bruno.username });
    await allowNotifications(ana);
    await countSounds(ana);
    await turnOn(ana);
    const elsewhere = await device(ana, options);
    await visit(elsewhere.page, "/");
    await backToList(ana);

    const { page, t } = ana;
    const button = page.getByRole("button", { name: t("notifications.doNotDisturb"), exact: true });
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menu", { name: t("notifications.doNotDisturb") })).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitem").first()).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(button).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menu")).toBeFocused();
    await page.keyboard.press("End");
    await expect(page.getByRole("menuitem", { name: t("notifications.untilOff") })).toBeFocused();
    await page.keyboard.press("Enter");
    for (const { page } of [ana, elsewhere]) {
      await expect(page.getByRole("button", { name: t("notifications.quietForGood") })).toBeVisible();
    }
    await say(bruno, roomId, "No es urgente");
    await expect(page).toHaveTitle(/^\(1\)/);
    // From the other device, in its settings, and here it holds at once.
    await visit(elsewhere.page, "/settings");
    await elsewhere.page.getByRole("button", { name: t("notifications.turnOff") }).click();
    await expect(
      page.getByRole("button", { name: t("notifications.doNotDisturb"), exact: true }),
    ).toBeVisible();
    await say(bruno, roomId, "Ahora sí");
    await expect.poll(() => standing(ana)).toEqual(["Bruno Paz: Ahora sí"]);
    await expect.poll(() => soundsOf(ana)).toBe(2);
  });
}

test("a mention calls in a muted group too", async ({ pair: { ana, bruno } }) => {
  const { id } = await bruno.api.auth.me.query();
  const { roomId } = await ana.api.groups.create.mutate({ title: "Mendoza", userIds: [id] });
  await ana.api.rooms.mute.mutate({ roomId, until: new Date(Date.now() + 3_600_000) });
  await allowNotifications(ana);
  await turnOn(ana);
  await say(bruno, roomId, "Para todos");
  await expect(ana.page.getByRole("link").filter({ hasText: "Para todos" })).toBeVisible();
  await say(bruno, roomId, `¿Y vos, @${ana.username}?`);
  await expect.poll(() => standing(ana)).toEqual([`Mendoza: Bruno: ¿Y vos, @${ana.username}?`]);
});
