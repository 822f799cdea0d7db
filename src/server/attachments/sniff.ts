import { fileTypeFromFile } from "file-type";

/** Names of the same thing. A moving PNG is shown as its first picture. */
const synonyms: Record<string, string> = {
  "audio/x-m4a": "audio/mp4",
  "audio/x-flac": "audio/flac",
  "audio/vnd.wave": "audio/wav",
  "image/apng": "image/png",
  "video/x-m4v": "video/mp4",
};

/** Containers whose first bytes do not tell sound from video. */
const containers = new Set(["video/mp4", "video/webm"]);

/**
 * The media type of a file, read off its bytes; `application/octet-stream` where they tell nothing.
 *
 * @param claimed what the sender takes it for: believed only where a container of sound and one of video look the same,
 * which decides between two players and nothing else
 */
export const sniffType = async (path: string, claimed: string): Promise<string> => {
  const found = (await fileTypeFromFile(path))?.mime.split(";")[0] ?? "application/octet-stream";
  const type = synonyms[found] ?? found;
  const isSound = containers.has(type) && claimed.startsWith("audio/");
  return isSound ? type.replace("video/", "audio/") : type;
};
