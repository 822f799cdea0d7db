const yearSeconds = 365 * 24 * 60 * 60;

/** Keeps a harmless preference in a cookie, because the server needs it for the first paint. */
export const remember = (name: string, value: string): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is still missing in browsers we serve
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${yearSeconds}; samesite=lax`;
};
