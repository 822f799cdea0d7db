import type { Locator } from "@playwright/test";

/** What a timeline did while it was scrolled, in pixels but for the counts. */
export interface Glide {
  frames: number;
  /** How far it was scrolled. */
  scrolled: number;
  /** The farthest that a message on screen was from its place in any frame, and the messages of the ten worst frames. */
  drift: number;
  worst: string[];
  /** The most of the screen without a message. */
  blank: number;
  /** The most that the page held. */
  rows: number;
  nodes: number;
  /** What the browser calls a layout shift (CLS), within the timeline. */
  shifts: string[];
}

/** Of a `layout-shift`, which TypeScript does not know yet. */
interface LayoutShiftSource {
  node: Node | null;
  previousRect: DOMRectReadOnly;
  currentRect: DOMRectReadOnly;
}

/**
 * Scrolls a timeline by `step` in every frame, for so many frames, and looks after each has been drawn: every message
 * that was on screen before must be exactly `step` further. So what is put right a frame late counts too.
 */
export const glide = (timeline: Locator, step: number, frames: number): Promise<Glide> =>
  timeline.evaluate(
    async (log, given) => {
      const seen = { frames: 0, scrolled: 0, drift: 0, blank: 0, rows: 0, nodes: 0 };
      const worst: [number, string][] = [];
      const shifts: string[] = [];
      let moved = 0;
      // Of what is in the timeline, and not where the scrolling has taken it.
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const sources: LayoutShiftSource[] =
            "sources" in entry ? (entry.sources as LayoutShiftSource[]) : [];
          for (const { node, previousRect: was, currentRect: is } of sources) {
            // What was beyond the screen has no place there.
            const came = was.width === 0 || is.width === 0;
            const scrolled = is.top - was.top === -moved || is.bottom - was.bottom === -moved;
            const element = node instanceof Element ? node : node?.parentElement;
            if (came || (scrolled && is.x === was.x) || !element || !log.contains(element)) continue;
            const by = `${is.x - was.x}, ${is.top - was.top} … ${is.bottom - was.bottom}`;
            shifts.push(`${by}: ${element.textContent?.slice(0, 60)}`);
          }
        }
      });
      observer.observe({ type: "layout-shift" });

      const { port1, port2 } = new MessageChannel();
      const drawn = (): Promise<unknown> =>
        new Promise((resolve) => {
          port2.onmessage = resolve;
          requestAnimationFrame(() => port1.postMessage(null));
        });
      const { top: above, bottom: below } = log.getBoundingClientRect();
      const look = (): Map<string, number> => {
        const articles = [...log.querySelectorAll("article")];
        seen.rows = Math.max(seen.rows, articles.length);
        seen.nodes = Math.max(seen.nodes, document.querySelectorAll("*").length);
        const boxes = articles
          .map((article) => ({ id: article.id, box: article.getBoundingClientRect() }))
          .filter(({ box }) => box.bottom > above && box.top < below);
        const top = Math.min(...boxes.map(({ box }) => box.top), below);
        const bottom = Math.max(...boxes.map(({ box }) => box.bottom), top);
        seen.blank = Math.max(seen.blank, top - above, below - bottom);
        return new Map(boxes.map(({ id, box }) => [id, box.top]));
      };

      await drawn();
      let places = look();
      for (; seen.frames < given.frames; seen.frames += 1) {
        // Before the frame, as a finger or a wheel does it: the page hears of it in the frame.
        const from = log.scrollTop;
        log.scrollTop += given.step;
        moved = log.scrollTop - from;
        seen.scrolled += moved;
        await drawn();
        const now = look();
        for (const [id, place] of now) {
          const before = places.get(id);
          if (before === undefined) continue;
          const drift = Math.abs(place - (before - moved));
          seen.drift = Math.max(seen.drift, drift);
          if (drift > 0) {
            const text = document.getElementById(id)?.textContent.slice(0, 40);
            worst.push([drift, `frame ${seen.frames}: ${place - (before - moved)}: ${text}`]);
          }
        }
        places = now;
      }
      observer.disconnect();
      worst.sort(([a], [b]) => b - a);
      return { ...seen, worst: worst.slice(0, 10).map(([, text]) => text), shifts };
    },
    { step, frames },
  );
