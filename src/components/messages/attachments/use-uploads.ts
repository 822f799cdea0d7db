import { useCallback, useSyncExternalStore } from "react";
import { useMessenger } from "../conversation/messenger";
import { useMessageRoom } from "../message-room";
import type { UploadProgress } from "./uploads";

/** How far the upload of this file is; undefined before its first try. */
export const useUploadProgress = (key: string): UploadProgress | undefined => {
  const { uploads } = useMessenger(useMessageRoom().me);
  const read = useCallback(() => uploads.progress(key), [uploads, key]);
  return useSyncExternalStore(uploads.subscribe, read, () => undefined);
};

/** How many bytes of these files are up. */
export const useBytesSent = (keys: readonly string[]): number => {
  const { uploads } = useMessenger(useMessageRoom().me);
  const read = () => keys.reduce((sum, key) => sum + (uploads.progress(key)?.bytes ?? 0), 0);
  return useSyncExternalStore(uploads.subscribe, read, () => 0);
};
