/** What `/metrics` says: series, as `charla_queue{queue="sends"}`, and their values. */
export type Scrape = Map<string, number>;

export const scrape = async (port: number): Promise<Scrape> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
};
