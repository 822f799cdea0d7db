import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Has axe look at the page as it stands, in both themes. */
export const expectAccessible = async (page: Page): Promise<void> => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    // What fades in or out is judged when it stands still. What turns for ever does not change its colours.
    const moving = () =>
      page.evaluate(
        () =>
          document
            .getAnimations()
            .filter(
              ({ playState, effect }) =>
                playState === "running" && effect?.getTiming().iterations !== Infinity,
            ).length,
      );
    await expect.poll(moving).toBe(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const found = grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
    expect(found, `${page.url()}, ${colorScheme}`).toEqual([]);
  }
};
