import { rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { createDiskStorage } from "~/server/attachments/disk-storage";
import { uploadsPath } from "~/shared/attachment-paths";
import { killDuringUploads } from "../killed-uploads";
import type { Account } from "../person";
import type { Rig } from "../rig";
import type { Scenario } from "../scenario";

/** Uploads onto a disk without room: `/dev/full` answers every write as one does. Returns the code of the refusal. */
const uploadToFullDisk = async (rig: Rig, { cookie, ip }: Account, roomId: string): Promise<string> => {
  const headers = { cookie, "x-forwarded-for": ip, "Tus-Resumable": "1.0.0" };
  const metadata = `roomId ${Buffer.from(roomId).toString("base64")}`;
  const begun = await fetch(rig.urls.http + uploadsPath, {
    method: "POST",
    headers: { ...headers, "Upload-Length": "1000000", "Upload-Metadata": metadata },
  });
  const url = begun.headers.get("location") ?? "";
  const file = path.join(rig.folder, "node", "attachments", "uploads", path.basename(url));
  rmSync(file);
  symlinkSync("/dev/full", file);
  const answer = await fetch(rig.urls.http + url, {
    method: "PATCH",
    headers: { ...headers, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" },
    body: new Uint8Array(1_000_000),
  });
  return ((await answer.json()) as { code: string }).code;
};

export const uploads: Scenario = {
  id: "R19",
  what: "both web nodes killed at any point of an upload; a full disk",
  inShort: true,
  run: async ({ rig, random, isShort }) => {
    const storage = createDiskStorage(path.join(rig.folder, "node", "attachments"));
    const count = isShort ? 4 : 20;
    const options = { random, count, fileBytes: 8_000_000 };
    const { figures, author, roomId } = await killDuringUploads(rig, storage, options);
    const code = await uploadToFullDisk(rig, author, roomId);
    const others = code === "STORAGE_FULL" ? 0 : 1;
    return [...figures, { what: `a full disk answers ${code}; other answers`, value: others, limit: 0 }];
  },
};
