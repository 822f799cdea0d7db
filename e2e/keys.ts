import type { Locator } from "@playwright/test";
import type { Person } from "./person";
import { expect } from "./test";

/** Presses Tab until the focus is there, as a person would, and fails where it never comes. */
export const tabTo = async ({ page }: Person, target: Locator, key = "Tab"): Promise<void> => {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
};

/** Goes there by Tab and presses Enter, or another key. */
export const tabAndPress = async (person: Person, target: Locator, key = "Enter"): Promise<void> => {
  await tabTo(person, target);
  await person.page.keyboard.press(key);
};

/** Something has the focus, and it is seen: a ring around it or its label, or the caret of a field. */
export const expectFocusSeen = async ({ page }: Person): Promise<void> => {
  const lookAtFocus = () =>
    page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return "nothing has the focus";
      const shown = focused.closest("label") ?? focused;
      const { width, height, top, bottom } = shown.getBoundingClientRect();
      if (width < 2 || height < 2 || bottom < 0 || top > innerHeight)
        return `off the screen: ${shown.outerHTML.slice(0, 120)}`;
      if (focused.matches("textarea, input:not([type=radio], [type=checkbox])")) return "seen";
      const { outlineStyle, outlineWidth, backgroundColor } = getComputedStyle(shown);
      const ringed = outlineStyle !== "none" && outlineWidth !== "0px";
      // A menu marks its item, and the zones and dialogs that take the focus are themselves what is seen.
      const marked = focused.matches("[role=menuitem]") && backgroundColor !== "rgba(0, 0, 0, 0)";
      return ringed || marked || focused.matches("main, dialog, [role=dialog], [role=menu]")
        ? "seen"
        : `no ring: ${shown.outerHTML.slice(0, 120)}`;
    });
  await expect.poll(lookAtFocus).toBe("seen");
};
