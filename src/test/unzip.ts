import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { fromBuffer, type ZipFile } from "yauzl";

const open = promisify(
  (bytes: Buffer, done: (error: Error | null, zip?: ZipFile) => void) =>
    void fromBuffer(bytes, { lazyEntries: true }, done),
);

/** What a zip holds, by path. Every checksum is checked on the way. */
export const unzip = async (bytes: Buffer): Promise<Map<string, Buffer>> => {
  const zip = await open(bytes);
  if (!zip) throw new Error("no zip");
  const files = new Map<string, Buffer>();
  await new Promise<void>((resolve, reject) => {
    zip.on("error", reject);
    zip.on("end", resolve);
    zip.on("entry", (entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        buffer(stream).then((content) => {
          files.set(entry.fileName, content);
          zip.readEntry();
        }, reject);
      });
    });
    zip.readEntry();
  });
  return files;
};
