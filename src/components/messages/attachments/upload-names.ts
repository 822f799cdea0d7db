const prefix = "charla:upload:";

/** What an upload is called where the browser keeps its address. */
export const uploadName = (key: string): string => prefix + key;

/** Drops the addresses of all uploads, with the names of their files, as on signing out. */
export const forgetUploads = (): void => {
  try {
    const ours = Object.keys(localStorage).filter((key) => key.startsWith(`tus::${prefix}`));
    for (const key of ours) localStorage.removeItem(key);
  } catch {
    // There is nothing stored, then.
  }
};
