/** Items a query: what is in memory of a list of any length. */
export const itemsPerPage = 500;

/** A list as JSON, an item a line. */
export async function* jsonLines(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const page of pages) {
    for (const item of page) {
      yield separator + JSON.stringify(item);
      separator = ",\n";
    }
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** All pages of a list, each asked for by the last item of the one before. */
export async function* eachPage<T>(read: (last: T | undefined) => Promise<T[]>): AsyncGenerator<T[]> {
  let last: T | undefined;
  for (;;) {
    const page = await read(last);
    if (page.length > 0) yield page;
    last = page.at(-1);
    if (page.length < itemsPerPage) return;
  }
}
