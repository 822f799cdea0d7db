import { type BrowserContext, chromium } from "@playwright/test";
import { places } from "./devices";
import { expect, test, untilKept } from "./line";
import { composerOf, messageOf, type Person, readFrom, roomLineOf, visit, write } from "./person";

test.use({
  expectedNoise: [/net::ERR_|WebSocket connection .* failed|error occurred when fetching the script/],
});

const isSend = /messages\.send/;

/** Lets nothing that is sent reach the server, until the returned function is called. */
const holdSends = async (browser: BrowserContext): Promise<() => Promise<void>> => {
  await browser.route(isSend, (route) => route.abort());
  return () => browser.unroute(isSend);
};

const expectWaiting = async (person: Person, ...texts: string[]): Promise<void> => {
  for (const text of texts) {
    await expect(messageOf(person, text)).toHaveAccessibleName(
      new RegExp(person.t("messages.delivery.waiting")),
    );
  }
};

test("what is written without a connection survives a reload and the end of the browser, and goes out once and in order", async ({
  pair: { ana, bruno, roomId },
  line,
  locale,
  launchOptions,
}, testInfo) => {
  /** Ana's browser, with a profile on disk as people have one. */
  const openBrowser = async (): Promise<Person> => {
    const browser = await chromium.launchPersistentContext(testInfo.outputPath("profile"), {
      ...launchOptions,
      ...(locale && { locale }),
    });
    await browser.addCookies(await ana.browser.cookies());
    return { ...ana, browser, page: browser.pages()[0] ?? (await browser.newPage()) };
  };

  await visit(bruno.page, `/r/${roomId}`);
  const before = await openBrowser();
  await visit(before.page, `${line.url}/r/${roomId}`);
  await write(bruno, ana, "Cero");
  await expect(messageOf(before, "Cero")).toBeVisible();
  await untilKept(before.page, "Cero");
  line.cut();
  for (const text of ["Uno", "Dos", "Tres"]) await write(before, bruno, text);
  await expectWaiting(before, "Uno", "Dos", "Tres");
  await before.page.reload();
  await expectWaiting(before, "Uno", "Dos", "Tres");
  await write(before, bruno, "Cuatro");
  await expectWaiting(before, "Cuatro");

  const ended = before.browser.waitForEvent("close");
  const session = await before.browser.newCDPSession(before.page);
  session.send("Browser.crash").catch(() => undefined);
  await ended;

  // Whatever page one comes back to.
  const after = await openBrowser();
  await after.page.goto(line.url);
  await roomLineOf(after, bruno).click();
  await expectWaiting(after, "Uno", "Dos", "Tres", "Cuatro");
  await after.page.goto(line.url);
  line.mend();
  await expect(messageOf(bruno, "Cuatro")).toBeVisible({ timeout: 20_000 });
  await roomLineOf(after, bruno).click();
  await expect(messageOf(after, "Cuatro")).toHaveAccessibleName(new RegExp(ana.t("messages.delivery.read")));
  for (const person of [after, bruno]) {
    expect(await readFrom(person, "Cero", "Cuatro")).toEqual(["Cero", "Uno", "Dos", "Tres", "Cuatro"]);
  }
  await after.browser.close();
});

test("two tabs show what waits in either, and send it once", async ({ pair: { ana, bruno, roomId } }) => {
  const other: Person = { ...ana, page: await ana.browser.newPage() };
  const release = await holdSends(ana.browser);
  await visit(bruno.page, `/r/${roomId}`);
  await visit(ana.page, `/r/${roomId}`);
  await visit(other.page, `/r/${roomId}`);
  await write(ana, bruno, "Desde una");
  await expectWaiting(other, "Desde una");
  await write(other, bruno, "Desde la otra");
  await expectWaiting(ana, "Desde una", "Desde la otra");

  const sent: string[] = [];
  ana.browser.on("request", (request) => {
    if (isSend.test(request.url())) sent.push(request.postData() ?? "");
  });
  await release();
  for (const person of [ana, other, bruno]) {
    await expect(messageOf(person, "Desde la otra")).toBeVisible();
    expect(await readFrom(person, "Desde una", "Desde la otra")).toEqual(["Desde una", "Desde la otra"]);
  }
  // One that was on its way when the line came back is not heard here; none is sent by both.
  const clientIds = sent.join().match(/(?<="clientId":")[^"]+/g) ?? [];
  expect(clientIds.length).toBeGreaterThan(0);
  expect(new Set(clientIds).size).toBe(clientIds.length);
});

for (const { title, options } of places) {
  test.describe(title, () => {
    test.use(options);

    test("signing out warns of what would be lost, and then leaves nothing behind", async ({
      pair: { ana, bruno, roomId },
    }) => {
      const { page, browser, t } = ana;
      const release = await holdSends(browser);
      await visit(page, `/r/${roomId}`);
      await write(ana, bruno, "No llegó a salir");
      await expectWaiting(ana, "No llegó a salir");
      await visit(page, "/settings");
      const signOut = page.getByRole("button", { name: t("settings.signOut"), exact: true });
      await signOut.click();
      const warning = page.getByRole("alertdialog", { name: t("settings.signOutUnsentTitle", { count: 1 }) });
      await warning.getByRole("button", { name: t("common.cancel") }).click();
      await expect(warning).toBeHidden();
      await signOut.click();
      await warning.getByRole("button", { name: t("settings.signOut") }).click();
      await expect(page).toHaveURL(/\/sign-in$/);

      await release();
      await ana.api.auth.signIn.mutate({ username: ana.username, password: ana.password });
      await visit(page, `/r/${roomId}`);
      await expect(composerOf(ana, bruno)).toBeVisible();
      await write(ana, bruno, "De vuelta");
      await expect(messageOf(ana, "De vuelta")).toHaveAccessibleName(new RegExp(t("messages.delivery.sent")));
      expect(await readFrom(ana, "De vuelta", "De vuelta")).toEqual(["De vuelta"]);
    });
  });
}
