import { statfs } from "node:fs/promises";
import { AppError } from "~/shared/errors";

/** The part of a disk that uploads leave free for everything else that lies there, the database first of all. */
const reserve = { share: 0.05, maxBytes: 1024 ** 3 };

/** Whether `error` says that the disk has no room left, whoever met it. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && /ENOSPC|EDQUOT|no space left|quota exceeded/i.test(error.message);

/** @throws AppError `STORAGE_FULL` where the disk that holds `folder` has no room for so many bytes more */
export const requireSpace = async (folder: string, bytes: number): Promise<void> => {
  const { bavail, blocks, bsize } = await statfs(folder);
  const reserved = Math.min(blocks * bsize * reserve.share, reserve.maxBytes);
  if (bavail * bsize < bytes + reserved) throw new AppError("STORAGE_FULL");
};
