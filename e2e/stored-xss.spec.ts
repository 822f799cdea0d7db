import { randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import { upload } from "./attach";
import { composerOf, messagesOf, type Person, roomLineOf, timelineOf, visit } from "./person";
import { allowNotifications, expect, standing, test } from "./push";

/** Short enough for a name. Each would call `xss` if it became more than text. */
const short = [
  "<script>xss()</script>",
  "<img src=x onerror=xss()>",
  '"><svg onload=xss()>',
  "'-xss()-'",
  "javascript:xss()",
  "{{constructor.constructor('xss()')()}}",
  "<a href=javascript:xss()>x</a>",
  "</title><script>xss()</script>",
];

const payloads = [
  ...short,
  "<iframe srcdoc='<script>parent.xss()</script>'></iframe>",
  "<details open ontoggle=xss()>",
  "<style>@import 'javascript:xss()'</style><math><mtext><style><img src=x onerror=xss()></style>",
  "**<svg><animate onbegin=xss() attributeName=x dur=1s>**",
  "[pulsa](javascript:xss())",
  "[pulsa](JaVaScRiPt&colon;xss())",
  "[pulsa](java\tscript:xss())",
  "[pulsa](data:text/html,<script>xss()</script>)",
  "[pulsa](vbscript:xss())",
  '[pulsa](https://example.org/"onmouseover="xss())',
  '[pulsa](https://example.org "onfocus=xss() autofocus")',
  "![x](javascript:xss())",
  '![x](https://example.org/x"onerror="xss())',
  "<javascript:xss()>",
  "[a]: javascript:xss()\n[a]",
  "```html\n<script>xss()</script>\n```",
  '```"><img src=x onerror=xss()>\n1\n```',
  "`<img src=x onerror=xss()>`",
  "> <object data=javascript:xss()></object>",
  "- <input autofocus onfocus=xss()>",
  "~~<marquee onstart=xss()>~~",
  'https://example.org/"><script>xss()</script>',
  "https://example.org/?x=javascript:xss()",
  '@<img src=x onerror=xss()> @"onmouseover=xss()',
  "\u202e<script>xss()</script>",
  "&lt;script&gt;xss()&lt;/script&gt;",
];

/** What would be a finding: something ran, or something tried to and the content security policy stopped it. */
const watch = async (browser: BrowserContext): Promise<string[]> => {
  const found: string[] = [];
  await browser.exposeFunction("reportXss", (what: string) => void found.push(what));
  await browser.addInitScript(() => {
    const report = (what: string) =>
      void (window as unknown as { reportXss: (what: string) => void }).reportXss(what);
    const ran = () => report(`ran at ${location.pathname}`);
    Object.assign(window, { xss: ran, alert: ran, confirm: ran, prompt: ran });
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
      // Zod asks once whether it may compile what it checks, and takes no for an answer.
      if (blockedURI !== "eval") report(`${violatedDirective} stopped ${blockedURI} ${sample}`);
    });
  });
  browser.on("dialog", (dialog) => {
    found.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  browser.on("page", (page) => found.push(`opened ${page.url()}`));
  return found;
};

/** Presses, hovers and focuses everything in sight that a text could have made. */
const touchAll = async ({ page }: Person): Promise<void> => {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll("main *, aside *, nav *")) {
      for (const type of ["mouseover", "mouseenter", "focus", "toggle", "error", "load"]) {
        element.dispatchEvent(new Event(type));
      }
    }
  });
  const links = await page
    .locator("a[href]")
    .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  for (const href of links) expect(href).toMatch(/^https?:\/\//);
};

const say = (
  person: Person,
  roomId: string,
  body: string,
  more: { replyToSeq?: number; attachmentIds?: string[] } = {},
) => person.api.messages.send.mutate({ roomId, clientId: randomUUID(), body, ...more });

test.use({ expectedNoise: [/Push API in incognito mode|404 .*\/r\/%22/] });
test.setTimeout(120_000);

test("nothing that people write, name, send or link runs on anybody's screen", async ({
  pair: { ana, bruno, roomId },
  device,
}) => {
  const { page, t } = ana;
  const found = await watch(ana.browser);
  await allowNotifications(ana);

  // A username has no room for it.
  for (const username of short) {
    await expect(
      bruno.api.auth.createAccount.mutate({ username, password: "tortuga lenta bajo el sol" }),
    ).rejects.toThrow("INVALID_INPUT");
  }

  await visit(page, "/settings");
  await page.getByRole("switch", { name: t("notifications.browser") }).click();
  for (const displayName of short) {
    await bruno.api.auth.updateProfile.mutate({ displayName });
    await expect(roomLineOf(ana, { name: displayName })).toBeVisible();
  }
  const name = short[1] ?? "";
  await bruno.api.auth.updateProfile.mutate({ displayName: name });
  await say(bruno, roomId, payloads[0] ?? "");
  await expect.poll(() => standing(ana)).toEqual([`${name}: ${payloads[0]}`]);

  // Messages, what they quote, what they become, and how they are found.
  await visit(page, `/r/${roomId}`);
  for (const [index, body] of payloads.slice(1).entries())
    await say(bruno, roomId, body, { replyToSeq: index + 1 });
  await say(bruno, roomId, "por corregir");
  await bruno.api.messages.edit.mutate({
    roomId,
    seq: payloads.length + 1,
    body: `${short.join(" ")} corregido`,
  });
  await expect(messagesOf(ana).filter({ hasText: "corregido" })).toBeVisible();
  await touchAll(ana);
  await timelineOf(ana).evaluate((log) => log.scrollTo(0, log.scrollHeight / 2));
  await touchAll(ana);
  await timelineOf(ana).evaluate((log) => log.scrollTo(0, 0));
  await expect(messagesOf(ana).first()).toBeVisible();
  await touchAll(ana);
  expect(
    await timelineOf(ana).locator("script, iframe, object, style, input, details, marquee, math").count(),
  ).toBe(0);

  for (const [query, seen] of [
    ["xss", page.locator("mark")],
    ["<script>xss()</script>", page.locator("mark")],
    ['de:"><svg onload=xss()>', page.getByText("<svg onload=xss()>")],
  ] as const) {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: t("rooms.searchLabel") }).fill(query);
    await expect(seen.first()).toBeVisible();
    await touchAll(ana);
    await page.keyboard.press("Escape");
  }

  // Files: their names in the timeline, and their bytes where they are opened.
  const html = Buffer.from("<!doctype html><script>parent.xss();xss();alert(1)</script>");
  const drawing = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" onload="xss()"><script>alert(1)</script></svg>',
  );
  const files = [
    { name: '<img src=x onerror="xss()">.html', type: "text/html", bytes: html },
    { name: '"><svg onload=xss()>.svg', type: "image/svg+xml", bytes: drawing },
    { name: "javascript:xss().png", type: "image/png", bytes: html },
    { name: "\u202egnp.xhtml", type: "application/xhtml+xml", bytes: drawing },
  ];
  const attachmentIds = await upload(bruno, roomId, files);
  const { attachments } = await say(bruno, roomId, short[0] ?? "", { attachmentIds });
  await expect(messagesOf(ana).last()).toContainText("onerror");
  await touchAll(ana);
  for (const { url } of attachments) {
    const download = page.waitForEvent("download");
    await page.goto(url).catch(() => {}); // a download is no page
    await download;
  }

  // Groups: their names in lists, notices and invitations, and whom they name.
  await visit(page, "/");
  const [brunoUser, anaUser] = await Promise.all([bruno.api.auth.me.query(), ana.api.auth.me.query()]);
  const group = await bruno.api.groups.create.mutate({ title: short[0] ?? "", userIds: [anaUser.id] });
  for (const title of short) {
    await bruno.api.groups.rename.mutate({ roomId: group.roomId, title });
    await expect(roomLineOf(ana, { name: title }).first()).toBeVisible();
  }
  const title = short.at(-1) ?? "";
  await visit(page, `/r/${group.roomId}`);
  await page.getByRole("button", { name: t("rooms.details") }).click();
  await expect(page.getByRole("complementary", { name: t("rooms.details") })).toContainText(name);
  await touchAll(ana);
  await composerOf(ana, { name: title }).pressSequentially("@img");
  await touchAll(ana);
  await composerOf(ana, { name: title }).fill(payloads[8] ?? "");
  const { token } = await bruno.api.groups.createInvite.mutate({ roomId: group.roomId });
  for (const address of [
    `/join/${token}`,
    "/join/%3Cscript%3Exss()%3C%2Fscript%3E",
    "/r/%22%3E%3Csvg%20onload%3Dxss()%3E",
    "/sign-in?next=javascript:xss()",
    "/register?next=%2F%2Fevil.test",
    "/contacts",
    `/r/${group.roomId}`,
  ]) {
    await page.goto(address);
    await touchAll(ana);
  }
  await expect(composerOf(ana, { name: title })).toHaveValue(payloads[8] ?? "");

  // What a program says of itself, among one's sessions.
  await device(ana, { userAgent: `${short[1]} Firefox/1.0` });
  await visit(page, "/settings");
  await touchAll(ana);
  expect(brunoUser.displayName).toBe(name);

  expect(found.filter((what) => what !== "opened about:blank")).toEqual([]);
});

test.describe("the policy that stands behind it", () => {
  // What it stops, browsers say.
  test.use({ expectedNoise: [/Content Security Policy|Push API in incognito mode/] });

  test("stops what runs in a page that was tricked, and this is seen here", async ({
    pair: { ana, roomId },
  }) => {
    const { page } = ana;
    const found = await watch(ana.browser);
    await visit(page, `/r/${roomId}`);
    for (const [html, stopped] of [
      ["<img src='data:,' onerror=xss()>", /^script-src-attr stopped inline/],
      ["<a href='javascript:xss()'>x</a>", /^script-src-elem stopped inline/],
      ["<base href='https://evil.test/'>", /^base-uri stopped https:\/\/evil/],
      ["<iframe src='https://evil.test/'></iframe>", /^(frame|default|child)-src stopped https:\/\/evil/],
    ] as const) {
      await page.evaluate((given) => {
        document.body.insertAdjacentHTML("beforeend", given);
        const last = document.body.lastElementChild;
        if (last instanceof HTMLAnchorElement) last.click();
      }, html);
      await expect.poll(() => found.at(-1)).toMatch(stopped);
    }
    expect(found.filter((what) => what.startsWith("ran"))).toEqual([]);
    await page.evaluate(() => (window as unknown as { xss: () => void }).xss());
    await expect.poll(() => found.at(-1)).toBe(`ran at /r/${roomId}`);
  });
});

test("every page comes with a policy of its own, a new nonce each time, and nothing inline besides", async ({
  pair: { ana, roomId },
  request,
}) => {
  const nonces = new Set<string>();
  const addresses = [
    "/",
    `/r/${roomId}`,
    "/contacts",
    "/settings",
    "/groups/new",
    "/offline",
    "/sign-in",
    "/register",
  ];
  const missing = ["/join/none", "/nowhere", "/_next/nothing", "/r/none"];
  for (const address of [...addresses, ...missing]) {
    for (const asker of [ana.browser.request, request]) {
      const answer = await asker.get(address);
      const headers = answer.headers();
      const html = await answer.text();
      if (!headers["content-type"]?.startsWith("text/html")) continue;
      const policy = headers["content-security-policy"] ?? "";
      const [, nonce = ""] =
        /script-src 'self' 'nonce-([\w+/=]{24})' 'strict-dynamic'(;|$)/.exec(policy) ?? [];
      expect(nonce, `${address}: ${policy}`).not.toBe("");
      expect(policy).toMatch(/^default-src 'none';/);
      expect(policy).toMatch(/base-uri 'none'.*frame-ancestors 'none'/);
      expect(nonces).not.toContain(nonce);
      nonces.add(nonce);
      for (const [, attributes = ""] of html.matchAll(/<script\b([^>]*)>/g)) {
        expect(attributes, address).toContain(`nonce="${nonce}"`);
      }
      expect(html, address).not.toMatch(/<[^>]+\son\w+=/);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
      });
      expect(headers).not.toHaveProperty("x-powered-by");
    }
  }
  expect(nonces.size).toBeGreaterThan(12);
});
