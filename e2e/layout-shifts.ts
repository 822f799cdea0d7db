import type { Page } from "@playwright/test";

/** Has the browser note, from now on, whatever moves by itself on this page. Resolves to what tells of it, as text. */
export const watchShifts = async (page: Page): Promise<() => Promise<string[]>> => {
  const shifts = await page.evaluateHandle(() => {
    const seen: string[] = [];
    const describe = (entry: PerformanceEntry): string => {
      const sources = "sources" in entry && Array.isArray(entry.sources) ? entry.sources : [];
      const moved = sources.map(({ node }: { node: unknown }) =>
        node instanceof Element ? node.outerHTML.slice(0, 120) : String(node),
      );
      return `${"value" in entry ? entry.value : "?"}: ${moved.join(" | ")}`;
    };
    new PerformanceObserver((list) => seen.push(...list.getEntries().map(describe))).observe({
      type: "layout-shift",
    });
    return seen;
  });
  // Two frames on, what has been drawn is judged.
  return async () => {
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    return shifts.jsonValue();
  };
};
