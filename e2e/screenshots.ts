// npm run screenshots: takes docs/screenshots/ of the real pages, with an index of them.
import { mkdir, rm, writeFile } from "node:fs/promises";
import type { BrowserContextOptions } from "@playwright/test";
import sharp from "sharp";
import { group, request, type Talk, talks } from "./demo";
import { haveGroupTalk, haveTalk, makeBelievable } from "./demo-past";
import { phone } from "./devices";
import { loseParts } from "./lost-parts";
import {
  composerOf,
  messageOf,
  messagesOf,
  openRequest,
  type Person,
  roomLineOf,
  timelineOf,
  visit,
  write,
} from "./person";
import { expect, test } from "./test";

const folder = "docs/screenshots";
const themes = ["light", "dark"] as const;
const sizes: { size: string; title: string; options: BrowserContextOptions }[] = [
  { size: "", title: "Desk", options: {} },
  { size: "-phone", title: "Phone", options: { ...phone, locale: "es-AR", deviceScaleFactor: 1 } },
];
/** What has been taken, by name: what it shows. */
const taken = new Map<string, string>();

test.use({
  actionTimeout: 15_000,
  expectedNoise: [
    /net::ERR_|WebSocket connection .* failed|error occurred when fetching|status of 40[034]|Failed to load chunk|registration blocked/,
  ],
});

/** What takes the pictures of one browser: each in both themes. */
const takerOf =
  ({ page }: Person, size: string) =>
  async (name: string, what: string): Promise<void> => {
    taken.set(name, what);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
      const bytes = await page.screenshot({ caret: "hide" });
      await sharp(bytes)
        .webp({ quality: 82, effort: 5 })
        .toFile(`${folder}/${name}${size}-${colorScheme}.webp`);
    }
  };

const writeIndex = async (): Promise<void> => {
  const picture = (name: string, what: string, size: string, theme: string): string =>
    `<img src="${name}${size}-${theme}.webp" width="${size ? 130 : 300}" alt="${what}">`;
  const columns = sizes.flatMap(({ size, title }) =>
    themes.map((theme) => ({ size, theme, title: `${title}, ${theme}` })),
  );
  const lines = [...taken].map(([name, what]) =>
    ["", what, ...columns.map(({ size, theme }) => picture(name, what, size, theme)), ""].join(" | ").trim(),
  );
  const head = ["", "", ...columns.map(({ title }) => title), ""].join(" | ").trim();
  const rule = `|${" --- |".repeat(columns.length + 1)}`;
  await writeFile(
    `${folder}/README.md`,
    `# Every screen\n\nTaken of the real pages by \`npm run screenshots\`.\n\n${[head, rule, ...lines].join("\n")}\n`,
  );
};

const outside = async (who: Person, size: string): Promise<void> => {
  const { page, t } = who;
  const take = takerOf(who, size);
  const field = (label: "displayName" | "username" | "password") =>
    page.getByLabel(t(`auth.${label}`), { exact: true });
  await visit(page, "/sign-in");
  await take("sign-in", "Signing in");
  await visit(page, "/register");
  await field("displayName").fill("Sofía Luna");
  await field("username").fill("sofia.luna");
  await field("password").fill("mate con cedrón y dos tostadas");
  await expect(page.getByText(t("auth.strengthStrong"))).toBeVisible();
  await take("register", "Registering");
  await field("displayName").fill("");
  await field("username").fill("s!");
  await field("password").fill("1234");
  await page.getByRole("button", { name: t("auth.register") }).click();
  await expect(page.getByText(t("errors.fields.displayNameEmpty"))).toBeVisible();
  await take("register-errors", "Registering, with errors");
};

const firstRun = async (who: Person, size: string, invite: string): Promise<void> => {
  const { page, t } = who;
  const take = takerOf(who, size);
  await visit(page, "/");
  await expect(
    page.getByRole("link", { name: t("rooms.findPeople") }).filter({ visible: true }),
  ).toBeVisible();
  await take("first-run", "The first minute");
  await visit(page, invite);
  await expect(page.getByRole("button", { name: t("groups.join") })).toBeVisible();
  await take("invite", "An invitation to a group");
  await visit(page, "/no-such-page");
  await take("not-found", "Nothing there");
  await loseParts(who, "/");
  await page.goto("/");
  await expect(page.getByRole("heading", { name: t("common.errorTitle") })).toBeVisible();
  await take("error", "A page that failed");
};

const rooms = async (who: Person, size: string): Promise<void> => {
  const { page, t } = who;
  const take = takerOf(who, size);
  const [ines, bruno] = [{ name: "Inés Navarro" }, { name: "Bruno Aguirre" }];
  await visit(page, "/");
  await roomLineOf(who, bruno).click();
  await composerOf(who, bruno).fill("te mando el contrato y");
  await visit(page, "/");
  await expect(roomLineOf(who, bruno)).toContainText("te mando");
  await take("rooms", "The list of chats");

  await page.route(/messages\.list/, () => undefined);
  await roomLineOf(who, { name: "Mamá" }).click();
  const loading = page.getByRole("status", { name: t("messages.loading") });
  await expect(loading).toBeVisible();
  await expect(loading).toHaveCSS("opacity", "1");
  await take("loading", "A chat on its way");
  await page.unroute(/messages\.list/);

  await visit(page, "/");
  await roomLineOf(who, ines).click();
  await expect(messageOf(who, "Dale, llevo el mate y la música 👍")).toBeVisible();
  await take("chat", "A chat");
  const climb = async (presses: number): Promise<void> => {
    await timelineOf(who).focus();
    for (let press = 0; press < presses; press++) await page.keyboard.press("ArrowUp");
  };
  // On a touch screen the keyboard has the emoji, and the picker is there for reactions.
  if (size) {
    await climb(1);
    await page.keyboard.press("+");
  } else await page.getByRole("button", { name: t("messages.emoji") }).click();
  await expect(page.getByRole("gridcell").first()).toBeVisible();
  await take("emoji", "The emoji picker");
  await page.keyboard.press("Escape");
  await climb(4);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await take("message-menu", "What one can do with a message");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: t("messages.voice.record") }).click();
  const timer = page.getByRole("group", { name: t("messages.voice.recording") }).getByRole("timer");
  await expect(timer).toContainText(":02");
  await take("recording", "Recording a voice message");
  await page.getByRole("button", { name: t("messages.voice.cancel") }).click();
};

const inGroup = async (who: Person, size: string): Promise<void> => {
  const { page, t } = who;
  const take = takerOf(who, size);
  await visit(page, "/");
  await roomLineOf(who, { name: group.title }).click();
  await expect(messageOf(who, "Dale, lo miro en un rato 👍")).toBeVisible();
  await expect(page.locator("pre span").first()).toBeVisible();
  await take("group", "A group");
  await page.getByRole("button", { name: t("rooms.details") }).click();
  await expect(page.getByText("Lucía Rojas").last()).toBeVisible();
  await page.mouse.move(0, 0); // away from the button, and from its name
  await take("group-details", "A group's details");
  await page.getByRole("button", { name: t("groups.invites") }).click();
  await expect(page.getByRole("dialog").getByRole("list").getByRole("textbox").first()).toBeVisible();
  await take("invites", "A group's invite links");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: t("messages.roomFiles.title") }).click();
  const panel = page.getByRole("complementary", { name: t("messages.roomFiles.title") });
  await expect(
    panel.getByRole("listitem").getByRole("img").or(panel.locator("li img")).first(),
  ).toBeVisible();
  await take("shared-files", "What was shared");
  await panel.getByRole("listitem").getByRole("button").last().click();
  await expect(page.getByRole("dialog", { name: "cerro.jpg" })).toBeVisible();
  await take("viewer", "A picture");
  await page.keyboard.press("Escape");

  await visit(page, "/");
  await roomLineOf(who, { name: group.title }).click();
  await expect(messagesOf(who).last()).toBeInViewport();
  await timelineOf(who).evaluate((log) => log.scrollTo(0, 0));
  await expect(messagesOf(who).first()).toHaveAttribute("data-index", "0");
  await take("pictures", "Pictures, replies and reactions");
};

const around = async (who: Person, size: string): Promise<void> => {
  const { page, t, api } = who;
  const take = takerOf(who, size);
  await visit(page, "/");
  await openRequest(who, { name: request.with });
  await expect(page.getByRole("button", { name: t("rooms.accept") })).toBeVisible();
  await take("request", "Somebody unknown has written");
  await visit(page, "/");
  await page
    .getByRole("button", { name: t("rooms.search"), exact: false })
    .first()
    .click();
  await page.getByRole("combobox").fill("mendoza");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.getByRole("combobox").fill("cabaña");
  await expect(page.locator("mark").first()).toBeVisible();
  await take("search", "Searching everything");
  await page.keyboard.press("Escape");
  await visit(page, "/contacts");
  await expect(
    page.getByRole("button", { name: t("contacts.message", { name: "Inés Navarro" }) }),
  ).toBeVisible();
  await take("contacts", "Contacts");
  await visit(page, "/groups/new");
  await page.getByLabel(t("groups.title")).fill("Club de lectura");
  await page.getByRole("checkbox", { name: "Nora Vidal" }).check({ force: true });
  await take("new-group", "A new group");

  await visit(page, "/settings");
  await expect(page.getByText(t("settings.currentSession"))).toBeVisible();
  await take("settings", "Settings: the profile");
  for (const [name, heading] of [
    ["appearance", t("settings.appearance")],
    ["privacy", t("settings.privacy")],
    ["sessions", t("settings.sessions")],
    ["data", t("settings.deleteAccount")],
  ] as const) {
    await page
      .getByRole("heading", { name: heading, exact: true })
      .evaluate((title) => title.scrollIntoView());
    await take(`settings-${name}`, `Settings: ${name}`);
  }

  const nora = (await api.contacts.list.query()).items.find(({ user }) => user.displayName === "Nora Vidal");
  const userId = nora?.user.id ?? "";
  await api.contacts.block.mutate({ userId });
  await visit(page, "/");
  await roomLineOf(who, { name: "Nora Vidal" }).click();
  await expect(page.getByText(t("rooms.blockedBanner", { name: "Nora Vidal" }))).toBeVisible();
  await take("blocked", "Somebody blocked");
  await api.contacts.unblock.mutate({ userId });
  await api.contacts.add.mutate({ userId });
};

const adrift = async (who: Person, size: string): Promise<void> => {
  const { page, t, browser } = who;
  const take = takerOf(who, size);
  const mama = { name: "Mamá" };
  await visit(page, "/");
  await roomLineOf(who, mama).click();
  await expect(messageOf(who, "❤️")).toBeVisible();
  // The server refuses what it is given: the id of a message is to be one.
  const isSend = /messages\.send/;
  await page.route(isSend, (route) =>
    route.continue({
      postData: (route.request().postData() ?? "").replace(/"clientId":"[^"]*"/g, '"clientId":"no"'),
    }),
  );
  await write(who, mama, "¿A qué hora paso?");
  await expect(page.getByRole("button", { name: t("messages.resend") })).toBeVisible();
  await take("failed", "A message that was refused");
  await page.getByRole("button", { name: t("messages.discard") }).click();
  await page.unroute(isSend);

  await browser.setOffline(true);
  await expect(page.getByRole("status").filter({ hasText: t("common.offline") })).toBeVisible();
  await write(who, mama, "Voy por la ruta, sin señal");
  await expect(messageOf(who, "Voy por la ruta, sin señal")).toBeVisible();
  await take("offline", "Without a connection");
  const waiting = messageOf(who, "Voy por la ruta, sin señal");
  await expect(waiting).toHaveAccessibleName(new RegExp(t("messages.delivery.waiting")));
};

test("pictures", async ({ member, visitor }) => {
  test.setTimeout(600_000);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const me = await member("Sofía Luna");
  const others = new Map<Talk, Person>();
  const said = new Map<string, Date>();
  for (const talk of [...talks, request]) {
    const them = await member(talk.with);
    others.set(talk, them);
    for (const [id, moment] of await haveTalk(me, them, talk, talk !== request)) said.set(id, moment);
  }
  for (const [id, moment] of await haveGroupTalk(me, [...others.values()])) said.set(id, moment);
  await makeBelievable(said, [me, ...others.values()]);
  for (const [talk, { page }] of others) if (talk.online) await visit(page, "/");

  const state = await me.browser.storageState();
  const [{ id: roomId = "" } = {}] = (await me.api.rooms.list.query({})).items.filter(
    ({ title }) => title === group.title,
  );
  const { token } = await me.api.groups.createInvite.mutate({
    roomId,
    expiresInSeconds: 7 * 86_400,
    maxUses: 5,
  });
  for (const { size, options } of sizes) {
    await outside(await visitor("Nadie", options), size);
    await firstRun(
      await member("Vera Sosa", { ...options, serviceWorkers: "block" }),
      size,
      `/join/${token}`,
    );
    const who = await visitor(me.name, { ...options, storageState: state, permissions: ["microphone"] });
    await rooms(who, size);
    await inGroup(who, size);
    await around(who, size);
    await adrift(who, size);
  }
  await writeIndex();
});
