import type { Person } from "./person";

/**
 * Has a page find the scripts that its document names and no others, as when a new build has taken the place of the one that
 * it is from. The browser is one with its service workers blocked, which would have them.
 */
export const loseParts = async ({ page }: Person, path: string): Promise<void> => {
  const document = await (await page.request.get(path)).text();
  await page.route("**/_next/static/**/*.js", (route) => {
    const { pathname } = new URL(route.request().url());
    return document.includes(pathname) ? route.continue() : route.abort();
  });
};
