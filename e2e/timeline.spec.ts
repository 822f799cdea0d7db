import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { composerOf, messageOf, messagesOf, type Person, timelineOf, visit, write } from "./person";
import { expect, test } from "./test";

/** Has somebody write that many messages of one line to six, many at once: in which order is the server's to say. */
const fill = async ({ api }: Person, roomId: string, count: number): Promise<void> => {
  const bodies = Array.from(
    { length: count },
    (_, n) => `Mensaje ${n}${" y algo más que contar".repeat((n * 7) % 13)}`,
  );
  await Promise.all(bodies.map((body) => api.messages.send.mutate({ roomId, clientId: randomUUID(), body })));
};

/** What the message with this seq says. */
const bodyAt = async ({ api }: Person, roomId: string, seq: number): Promise<string> => {
  const { items } = await api.messages.list.query({ roomId, after: seq - 1, limit: 1 });
  return items[0]?.body ?? "";
};

/** A message near the middle of the screen, named by what stays its own. */
const messageInSight = async (person: Person): Promise<Locator> => {
  const rows = await messagesOf(person).evaluateAll((all) =>
    all.map((row) => ({ id: row.id, top: row.getBoundingClientRect().top })),
  );
  const inSight = rows.find(({ top }) => top > 250);
  return person.page.locator(`[id="${inSight?.id}"]`);
};

const topOf = (element: Locator): Promise<number> =>
  element.evaluate((node) => node.getBoundingClientRect().top);

/**
 * Turns the wheel up that many times. Resolves to the greatest number of rows that the page held. Each time the message
 * in the middle must end exactly where the wheel takes it, whatever was loaded or measured meanwhile.
 */
const wheelUp = async (person: Person, turns: number): Promise<number> => {
  const timeline = timelineOf(person);
  await timeline.hover();
  let mostRows = 0;
  for (let turn = 0; turn < turns; turn++) {
    // Short of the beginning, where the wheel would be stopped, the next page comes in first.
    await expect.poll(() => timeline.evaluate((log) => log.scrollTop)).toBeGreaterThan(400);
    const message = await messageInSight(person);
    const place = await topOf(message);
    await person.page.mouse.wheel(0, -300);
    await expect.poll(() => topOf(message)).toBeCloseTo(place + 300, 0);
    mostRows = Math.max(mostRows, await messagesOf(person).count());
  }
  return mostRows;
};

/** Holds back the answers to requests for older messages until the returned function is called. */
const holdOlderPages = async (page: Page): Promise<() => Promise<void>> => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isForOlder = (url: URL) => url.pathname.includes("messages.list") && url.search.includes("before");
  await page.route(isForOlder, async (route) => {
    await released;
    await route.continue();
  });
  return async () => {
    const answered = page.waitForResponse((response) => isForOlder(new URL(response.url())));
    release();
    await answered;
  };
};

test("a room of thousands opens at the unread line, stays small in the page, and keeps its place", async ({
  pair: { ana, bruno, roomId },
}) => {
  test.slow();
  const read = 1_500;
  // As many as one person may send in a minute, nearly; and then the other.
  await fill(ana, roomId, 1_000);
  await fill(bruno, roomId, 1_000);
  await ana.api.rooms.markRead.mutate({ roomId, seq: read });
  await visit(ana.page, `/r/${roomId}`);

  // What was read last stands above the line, what is new below it.
  const line = ana.page.getByText(ana.t("messages.newMessages"), { exact: true });
  await expect(line).toBeInViewport();
  await expect(messageOf(ana, await bodyAt(ana, roomId, read))).toBeInViewport();
  const firstUnread = messageOf(ana, await bodyAt(ana, roomId, read + 1));
  await expect(firstUnread).toBeInViewport();
  expect(await topOf(firstUnread)).toBeGreaterThan(
    await topOf(messageOf(ana, await bodyAt(ana, roomId, read))),
  );

  // Some 250 messages, five pages further up.
  expect(await wheelUp(ana, 60)).toBeLessThan(60);

  // Down again to the present in one step.
  const { page, t } = ana;
  const jump = page.getByRole("button", { name: new RegExp(t("messages.jumpToLatest")) });
  await jump.click();
  await expect(messageOf(ana, await bodyAt(ana, roomId, 2_000))).toBeInViewport();
  await expect(jump).toBeHidden();
  expect(await messagesOf(ana).count()).toBeLessThan(60);
});

test("nothing on screen moves when an older page or a new message comes in", async ({
  pair: { ana, bruno, roomId },
}) => {
  await fill(bruno, roomId, 160);
  await ana.api.rooms.markRead.mutate({ roomId, seq: 160 });
  const release = await holdOlderPages(ana.page);
  await visit(ana.page, `/r/${roomId}`);
  await expect(messageOf(ana, await bodyAt(ana, roomId, 160))).toBeInViewport();

  const timeline = timelineOf(ana);
  await timeline.evaluate((log) => {
    log.scrollTop = 200;
  });
  await expect(messagesOf(ana).first()).toHaveAttribute("data-index", "0");
  const message = await messageInSight(ana);
  await expect(message).toBeInViewport();
  const place = await topOf(message);
  await release();
  await expect(message).not.toHaveAttribute("data-index", /^\d$/);
  expect(await topOf(message)).toBeCloseTo(place, 0);

  await visit(bruno.page, `/r/${roomId}`);
  await write(bruno, ana, "Recién llegado");
  const jump = ana.page.getByRole("button", { name: new RegExp(ana.t("messages.jumpToLatest")) });
  await expect(jump).toContainText(ana.t("messages.newCount", { count: 1 }));
  expect(await topOf(message)).toBeCloseTo(place, 0);
  await jump.click();
  await expect(messageOf(ana, "Recién llegado")).toBeInViewport();

  // Whoever is at the end stays there, whatever comes; and one's own message is shown wherever one is.
  for (let n = 1; n <= 12; n++) await write(bruno, ana, `Seguido ${n}`);
  await expect(messageOf(ana, "Seguido 12")).toBeInViewport();
  await timeline.evaluate((log) => log.scrollTo(0, 0));
  await expect(messageOf(ana, "Seguido 12")).not.toBeInViewport();
  await write(ana, bruno, "Mío");
  await expect(messageOf(ana, "Mío")).toBeInViewport();
  await expect(composerOf(ana, bruno)).toBeFocused();
});
