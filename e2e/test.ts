import { randomBytes, randomInt } from "node:crypto";
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  type ConsoleMessage,
  expect,
} from "@playwright/test";
import { timeZoneCookie } from "~/i18n/locale";
import { foldForSearch } from "~/shared/fold-for-search";
import { apiOf } from "./api";
import { type Catalogue, catalogueOf } from "./catalogue";
import { type Person, passphrase } from "./person";

interface Fixtures {
  /** What browsers say by themselves in this test, such as of a refused request; anything else fails it. */
  expectedNoise: RegExp[];
  t: Catalogue;
  /** Opens a browser in which nobody has signed in; the person is who will register there. */
  visitor: (name: string, options?: BrowserContextOptions) => Promise<Person>;
  /** The same, registered and signed in, on a blank page. */
  member: (name: string, options?: BrowserContextOptions) => Promise<Person>;
  /** Opens another browser of somebody who is registered, signed in there, on a blank page. */
  device: (person: Person, options?: BrowserContextOptions) => Promise<Person>;
  /** Two members, the first of whom has added the second, with the room they share. */
  pair: { ana: Person; bruno: Person; roomId: string };
}

const quote = (message: ConsoleMessage): string =>
  `${message.type()}: ${message.text()} (${message.location().url})`;

/** What the page that one would have signed in on leaves behind. */
const zoneCookie = (timeZone = "UTC", url = "") => ({
  name: timeZoneCookie,
  value: encodeURIComponent(timeZone),
  url,
});

export const test = base.extend<Fixtures>({
  expectedNoise: [[], { option: true }],

  // Each test stands behind an address of its own: people registered by one do not use up another's budget.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads here what a fixture builds on
  extraHTTPHeaders: async ({}, use) =>
    use({ "X-Forwarded-For": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` }),

  t: async ({ locale }, use) => use(catalogueOf(locale ?? "es")),

  visitor: async ({ browser, locale, hasTouch, expectedNoise }, use) => {
    const noise: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (name, options = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      context.on("console", (message) => noise.push(quote(message)));
      context.on("weberror", (error) => noise.push(String(error.error().stack)));
      const page = await context.newPage();
      // No two tests share anybody, so that all of them run at once.
      const username = `${foldForSearch(name).split(" ")[0]}-${randomBytes(5).toString("hex")}`;
      const t = catalogueOf(options.locale ?? locale ?? "es");
      return {
        name,
        username,
        password: passphrase,
        page,
        browser: context,
        hasTouch: options.hasTouch ?? hasTouch ?? false,
        t,
        api: apiOf(context),
      };
    });
    for (const context of contexts) await context.close();
    expect(noise.filter((line) => !expectedNoise.some((expected) => expected.test(line)))).toEqual([]);
  },

  member: async ({ visitor, baseURL, timezoneId }, use) => {
    await use(async (name, options) => {
      const person = await visitor(name, options);
      const { username, password, api } = person;
      await api.auth.register.mutate({ username, password, displayName: name });
      await person.browser.addCookies([zoneCookie(timezoneId, baseURL)]);
      return person;
    });
  },

  device: async ({ visitor, baseURL, timezoneId }, use) => {
    await use(async ({ name, username, password }, options) => {
      const elsewhere = await visitor(name, options);
      await elsewhere.api.auth.signIn.mutate({ username, password });
      await elsewhere.browser.addCookies([zoneCookie(timezoneId, baseURL)]);
      return { ...elsewhere, username };
    });
  },

  pair: async ({ member }, use) => {
    const ana = await member("Ana Funes");
    const bruno = await member("Bruno Paz");
    const { roomId } = await ana.api.contacts.add.mutate({ username: bruno.username });
    await bruno.api.contacts.add.mutate({ username: ana.username });
    await use({ ana, bruno, roomId });
  },
});

export { expect };
