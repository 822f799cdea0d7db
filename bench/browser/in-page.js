// What the page is given before its own scripts. Plain JavaScript, that goes there as it stands.

/** Whether this text stands in the timeline, on the screen. @param {string} text */
const isShown = (text) => {
  const articles = [...document.querySelectorAll("[role=log] article")];
  const box = articles.find(({ textContent }) => textContent?.includes(text))?.getBoundingClientRect();
  return box !== undefined && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
};

const rooms = () => [...document.querySelectorAll("[data-list-item]")];

const bench = {
  /**
   * Resolves, once the text has been drawn in the timeline beside so many rooms, to the time by `performance.now()`.
   * @param {string} text
   * @param {number} count
   * @returns {Promise<number>}
   */
  whenShown: (text, count) =>
    new Promise((resolve) => {
      const look = () => {
        // What a frame finds here was put in before it: it draws it.
        if ((count === 0 || rooms().length >= count) && isShown(text)) {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now());
          port2.postMessage(null);
        } else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }),

  /** @type {Promise<number> | undefined} */
  switched: undefined,

  /** Has `switched` be the milliseconds from the next click until the text is drawn. @param {string} text */
  watchClick: (text) => {
    addEventListener(
      "click",
      ({ timeStamp }) => {
        bench.switched = bench.whenShown(text, 0).then((at) => at - timeStamp);
      },
      { capture: true, once: true },
    );
  },

  /** Scrolls the list to its end, again and again, until it holds as many rooms. @param {number} count */
  showAllRooms: async (count) => {
    while (rooms().length < count) {
      rooms().at(-1)?.scrollIntoView();
      await new Promise(requestAnimationFrame);
    }
    rooms()[0]?.scrollIntoView();
  },
};

Object.assign(window, { bench });
