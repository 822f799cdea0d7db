import type { Locator } from "@playwright/test";
import type { Person } from "./person";
import { expect } from "./test";
import { longPress } from "./touch";

/** The bar of a message, brought up by the pointer: at a desk. */
export const barOf = async ({ t }: Person, message: Locator): Promise<Locator> => {
  await message.getByRole("paragraph").hover();
  return message.getByRole("toolbar", { name: t("messages.actions") });
};

/** Opens a message's menu: from its bar at a desk, by a long press on a phone. */
export const openMenu = async (person: Person, message: Locator): Promise<Locator> => {
  const { page, t, hasTouch } = person;
  if (hasTouch) await longPress(message.getByRole("paragraph"));
  else {
    const bar = await barOf(person, message);
    await bar.getByRole("button", { name: t("messages.more"), exact: true }).click();
  }
  return page.getByRole("menu", { name: t("messages.actions") });
};

/** Chooses from a message's menu. */
export const choose = async (person: Person, message: Locator, item: string): Promise<void> => {
  const menu = await openMenu(person, message);
  await menu.getByRole("menuitem", { name: item }).click();
  await expect(menu).toBeHidden();
};
