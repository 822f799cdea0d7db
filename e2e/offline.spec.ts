import { catalogueOf } from "./catalogue";
import { places } from "./devices";
import { expect, keptIn, test, untilKept } from "./line";
import { composerOf, messageOf, readFrom, roomLineOf, visit, write } from "./person";

test.use({
  expectedNoise: [/net::ERR_|WebSocket connection .* failed|error occurred when fetching the script/],
});

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("what is written offline waits, says so, and goes out once and in order when the connection is back", async ({
      pair: { ana, bruno, roomId },
    }) => {
      await visit(ana.page, `/r/${roomId}`);
      await visit(bruno.page, `/r/${roomId}`);
      await write(ana, bruno, "Antes");
      await expect(messageOf(bruno, "Antes")).toBeVisible();
      const banner = ana.page.getByRole("status").filter({ hasText: ana.t("common.offline") });
      await ana.browser.setOffline(true);
      await expect(banner).toBeVisible();
      for (const text of ["Sin red 1", "Sin red 2", "Sin red 3"]) {
        await write(ana, bruno, text);
        await expect(messageOf(ana, text)).toHaveAccessibleName(
          new RegExp(ana.t("messages.delivery.waiting")),
        );
      }
      await expect(composerOf(ana, bruno)).toBeEnabled();
      await write(bruno, ana, "¿Dónde estás?");
      await expect(messageOf(bruno, "¿Dónde estás?")).not.toHaveAccessibleName(
        new RegExp(bruno.t("messages.delivery.waiting")),
      );

      await ana.browser.setOffline(false);
      await expect(banner).toBeHidden();
      await expect(messageOf(ana, "¿Dónde estás?")).toBeVisible();
      await expect(messageOf(ana, "Sin red 3")).toHaveAccessibleName(
        new RegExp(ana.t("messages.delivery.read")),
      );
      for (const person of [ana, bruno]) {
        const texts = await readFrom(person, "Antes", "Sin red 3");
        expect(texts).toEqual(["Antes", "¿Dónde estás?", "Sin red 1", "Sin red 2", "Sin red 3"]);
      }
    });
  });
}

test("a message whose answer got lost is on the screens once", async ({ pair: { ana, bruno, roomId } }) => {
  await visit(ana.page, `/r/${roomId}`);
  await visit(bruno.page, `/r/${roomId}`);
  await expect(composerOf(ana, bruno)).toBeVisible();
  let lost = 0;
  await ana.page.route(/messages\.send/, async (route) => {
    if (lost++ > 1) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await write(ana, bruno, "Uno");
  await write(ana, bruno, "Dos");
  for (const person of [ana, bruno]) {
    await expect(messageOf(person, "Dos")).toBeVisible();
    expect(await readFrom(person, "Uno", "Dos")).toEqual(["Uno", "Dos"]);
  }
  await expect(messageOf(ana, "Dos")).toHaveAccessibleName(new RegExp(ana.t("messages.delivery.read")));
  expect(lost).toBe(4);
});

test("moving about works without a connection", async ({ pair: { ana, bruno, roomId } }) => {
  await visit(ana.page, `/r/${roomId}`);
  await write(ana, bruno, "Lo que ya se leyó");
  await expect(messageOf(ana, "Lo que ya se leyó")).toHaveAccessibleName(
    new RegExp(ana.t("messages.delivery.sent")),
  );
  await untilKept(ana.page, "Lo que ya se leyó");
  await ana.browser.setOffline(true);
  await ana.page.getByRole("button", { name: ana.t("rooms.details") }).click();
  await expect(ana.page.getByRole("complementary", { name: ana.t("rooms.details") })).toBeVisible();
  await ana.page.goBack();
  await expect(messageOf(ana, "Lo que ya se leyó")).toBeVisible();
});

test("a server that is out of reach is told of, calmly, until it is back", async ({
  pair: { ana, bruno, roomId },
  line,
}) => {
  const banner = ana.page.getByRole("status").filter({ hasText: ana.t("common.reconnecting") });
  await visit(ana.page, `${line.url}/r/${roomId}`);
  await write(ana, bruno, "Antes");
  await expect(messageOf(ana, "Antes")).toHaveAccessibleName(new RegExp(ana.t("messages.delivery.sent")));
  await expect(banner).toBeHidden();
  line.cut();
  await expect(banner).toBeVisible();
  await write(ana, bruno, "Mientras tanto");
  await expect(messageOf(ana, "Mientras tanto")).toHaveAccessibleName(
    new RegExp(ana.t("messages.delivery.waiting")),
  );
  line.mend();
  await expect(banner).toBeHidden({ timeout: 20_000 });
  await expect(messageOf(ana, "Mientras tanto")).toHaveAccessibleName(
    new RegExp(ana.t("messages.delivery.sent")),
  );
});

test("without a connection the chat opens with what was read, and goes on from there", async ({
  pair: { ana, bruno, roomId },
  line,
}) => {
  await visit(bruno.page, `/r/${roomId}`);
  await visit(ana.page, `${line.url}/r/${roomId}`);
  await write(bruno, ana, "Ya lo leíste");
  await expect(messageOf(ana, "Ya lo leíste")).toBeVisible();
  await untilKept(ana.page, "Ya lo leíste");

  line.cut();
  await ana.page.reload();
  await expect(messageOf(ana, "Ya lo leíste")).toBeVisible();
  await expect(ana.page.getByRole("status").filter({ hasText: ana.t("common.reconnecting") })).toBeVisible();
  await expect(roomLineOf(ana, bruno)).toContainText("Ya lo leíste");
  await write(bruno, ana, "¿Estás?");
  await write(ana, bruno, "Desde el tren");
  await expect(messageOf(ana, "Desde el tren")).toHaveAccessibleName(
    new RegExp(ana.t("messages.delivery.waiting")),
  );
  await ana.page.goto(line.url);
  await roomLineOf(ana, bruno).click();
  await expect(ana.page).toHaveURL(`${line.url}/r/${roomId}`);
  await expect(messageOf(ana, "Desde el tren")).toHaveAccessibleName(
    new RegExp(ana.t("messages.delivery.waiting")),
  );

  line.mend();
  await expect(messageOf(bruno, "Desde el tren")).toBeVisible({ timeout: 20_000 });
  for (const person of [ana, bruno]) {
    await expect(messageOf(person, "¿Estás?")).toBeVisible();
    expect(await readFrom(person, "Ya lo leíste", "Desde el tren")).toEqual([
      "Ya lo leíste",
      "¿Estás?",
      "Desde el tren",
    ]);
  }
});

test("where nothing comes through the chat opens all the same, after a moment", async ({
  pair: { ana, bruno, roomId },
  line,
}) => {
  await visit(ana.page, `${line.url}/r/${roomId}`);
  await write(ana, bruno, "Antes del túnel");
  await untilKept(ana.page, "Antes del túnel");
  line.hang();
  await ana.page.reload();
  await expect(messageOf(ana, "Antes del túnel")).toBeVisible();
  await write(ana, bruno, "En el túnel");
  line.mend();
  await expect(messageOf(ana, "En el túnel")).toHaveAccessibleName(
    new RegExp(ana.t("messages.delivery.sent")),
    { timeout: 20_000 },
  );
});

test("it speaks the chosen language without a connection too, and says where one is needed", async ({
  pair: { ana, bruno, roomId },
  line,
}) => {
  const { page, browser } = ana;
  await browser.addCookies([{ name: "locale", value: "en", url: line.url }]);
  await visit(page, `${line.url}/r/${roomId}`);
  await write({ ...ana, t: catalogueOf("en") }, bruno, "Hello");
  await untilKept(page, "Hello");
  line.cut();
  await page.reload();
  await expect(page.getByRole("log", { name: "Messages" }).getByText("Hello")).toBeVisible();
  await page.goto(`${line.url}/join/some-invite`);
  await expect(page.getByRole("heading", { name: catalogueOf("en")("common.offlineTitle") })).toBeVisible();
});

test("signing out leaves nothing to read, and nobody reads what is another’s", async ({
  pair: { ana, bruno, roomId },
  member,
  line,
}) => {
  const { page, t } = ana;
  const carla = await member("Carla Ruiz");
  await visit(page, `${line.url}/r/${roomId}`);
  await write(ana, bruno, "Solo para Bruno");
  await untilKept(page, "Solo para Bruno");
  // Her session goes without a word, and another person's takes its place.
  await ana.browser.addCookies(await carla.browser.cookies());
  await visit(page, line.url);
  await expect.poll(() => keptIn(page)).toMatch(/Carla Ruiz/);
  expect(await keptIn(page)).not.toMatch(/Ana Funes|Bruno Paz|Solo para Bruno/);

  const cached = await page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(caches_.map((cache) => cache.keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(cached.filter((path) => path !== "/offline" && !path.startsWith("/_next/static/"))).toEqual([]);

  await visit(page, `${line.url}/settings`);
  await page.getByRole("button", { name: t("settings.signOut"), exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(await keptIn(page)).toBe("[[],[]]");
  line.cut();
  await expect(page.goto(line.url)).rejects.toThrow(/net::ERR_/);
});

test("a new build takes the place of the one before, whose last pages go on", async ({
  pair: { ana, bruno, roomId },
  line,
}) => {
  const { page } = ana;
  const worker = await page.request.get("/sw.js");
  const [, id = ""] = /id:"([^"]+)"/.exec(await worker.text()) ?? [];
  const { etag = "" } = worker.headers();
  const named = (digit: string) => digit.repeat(id.length);
  /** The server has another build, as far as the browser can see. */
  const build = (digit: string) =>
    line.replace({ [`id:"${id}"`]: `id:"${named(digit)}"`, [etag]: etag.replace(/\w/, digit) });
  /** The shells that are kept once nothing is being installed: until then the browser looks for no other build. */
  const shells = () =>
    page.evaluate(async () => {
      const { installing, waiting } = await navigator.serviceWorker.ready;
      return installing || waiting ? [] : caches.keys();
    });

  build("0");
  await visit(page, `${line.url}/r/${roomId}`);
  await write(ana, bruno, "Con la de antes");
  await untilKept(page, "Con la de antes");
  build("1");
  await page.reload();
  await expect.poll(shells, { timeout: 20_000 }).toEqual([`charla:${named("0")}`, `charla:${named("1")}`]);
  build("2");
  await page.reload();
  await expect.poll(shells, { timeout: 20_000 }).toEqual([`charla:${named("1")}`, `charla:${named("2")}`]);
  line.cut();
  await page.reload();
  await expect(messageOf(ana, "Con la de antes")).toBeVisible();
});

test("it can be installed, under a name in the visitor’s language", async ({ pair: { ana }, line }) => {
  await visit(ana.page, line.url);
  await ana.page.evaluate(() => navigator.serviceWorker.ready);
  const session = await ana.browser.newCDPSession(ana.page);
  const { errors, data } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? "")).toMatchObject({
    lang: "es",
    name: ana.t("common.appName"),
    description: ana.t("common.tagline"),
    shortcuts: [{ name: ana.t("rooms.newChat") }],
  });
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // Tests run in windows of the private kind, from which nothing is installed.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(["in-incognito"]);
});
