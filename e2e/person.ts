import type { BrowserContext, Locator, Page } from "@playwright/test";
import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "~/server/trpc/root";
import type { Catalogue } from "./catalogue";

/** Somebody at a browser of their own: what they see, and what they do in one word. */
export interface Person {
  readonly name: string;
  readonly username: string;
  readonly password: string;
  readonly page: Page;
  readonly browser: BrowserContext;
  /** On a phone: fingers, and one zone at a time. */
  readonly hasTouch: boolean;
  /** What their page says. */
  readonly t: Catalogue;
  readonly api: TRPCClient<AppRouter>;
}

export const passphrase = "tortuga lenta bajo el sol";

/** Waits until React has taken over every control that the server drew. */
export const untilUsable = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => {
    const controls = [...document.body.querySelectorAll("a, button, input, textarea")];
    return controls.every((control) => Object.keys(control).some((key) => key.startsWith("__react")));
  });
  // It marks the controls while it works, and listens once it is done.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(null))));
};

export const visit = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await untilUsable(page);
};

export const timelineOf = ({ page, t }: Person): Locator =>
  page.getByRole("log", { name: t("messages.timeline") });

/** Every message drawn, as it is read aloud: author, text, time, state. */
export const messagesOf = (person: Person): Locator => timelineOf(person).getByRole("article");

export const messageOf = (person: Person, text: string): Locator =>
  messagesOf(person).filter({ has: person.page.getByText(text, { exact: true }) });

export const composerOf = ({ page, t }: Person, reader: { name: string }): Locator =>
  page.getByRole("textbox", { name: t("messages.composer", { name: reader.name }) });

export const write = async (person: Person, reader: { name: string }, text: string): Promise<void> => {
  await composerOf(person, reader).fill(text);
  await person.page.getByRole("button", { name: person.t("messages.send") }).click();
};

/** The line of a room in the list: name, time, last message, unread count. */
export const roomLineOf = ({ page, t }: Person, other: { name: string }): Locator =>
  page
    .getByRole("list", { name: t("rooms.title") })
    .getByRole("link")
    .filter({ hasText: other.name });

/** Goes from a room, or from another page, to the list of rooms; at a desk it stands beside them. */
export const backToList = async ({ page, t, hasTouch }: Person): Promise<void> => {
  const back = page.getByRole("link", { name: t("common.back") }).filter({ visible: true });
  if (hasTouch) await back.click();
};

/** Goes from another room, or from another page, to the one with this name. */
export const goToRoom = async (person: Person, other: { name: string }): Promise<void> => {
  await backToList(person);
  await roomLineOf(person, other).click();
};

/** The line that says that somebody unknown has written. */
export const requestsOf = ({ page }: Person): Locator =>
  page.getByRole("button", { name: /solicitud|message request/ });

/** Opens the request that `sender` has made, from the list of rooms; it is open already where there is nothing else. */
export const openRequest = async (person: Person, sender: { name: string }): Promise<void> => {
  if ((await requestsOf(person).getAttribute("aria-expanded")) === "false") await requestsOf(person).click();
  await roomLineOf(person, sender).click();
};

/** What the messages that are drawn say, in their order. */
const textsOf = (person: Person): Promise<string[]> =>
  messagesOf(person).getByRole("paragraph").allTextContents();

/** Reads a timeline of at most two screens from the `first` message to the `last`: what it says, in its order. */
export const readFrom = async (person: Person, first: string, last: string): Promise<string[]> => {
  const timeline = timelineOf(person);
  await timeline.evaluate((log) => log.scrollTo(0, 0));
  await messageOf(person, first).waitFor();
  const above = await textsOf(person);
  await timeline.evaluate((log) => log.scrollTo(0, log.scrollHeight));
  await messageOf(person, last).waitFor();
  const below = await textsOf(person);
  // Only the messages near the screen are drawn, and both screens hold the middle.
  const middle = above.indexOf(below[0] ?? "");
  return middle < 0 ? [...above, ...below] : [...above.slice(0, middle), ...below];
};
