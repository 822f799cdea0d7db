const mark =
  '<path fill="#0e6f62" d="M12 2h8a10 10 0 0 1 10 10v8a10 10 0 0 1-10 10H5a3 3 0 0 1-3-3V12A10 10 0 0 1 12 2z"/>';

/** The tab's icon (`src/app/icon.svg`) with a number on it, as a `data:` URL. */
export const badgedIcon = (count: number): string => {
  const text = count > 9 ? "9+" : String(count);
  const badge = `<circle cx="22" cy="22" r="10" fill="#b3261e"/><text x="22" y="27" font-family="sans-serif" font-size="${count > 9 ? 12 : 15}" font-weight="bold" text-anchor="middle" fill="#fff">${text}</text>`;
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${mark}${badge}</svg>`)}`;
};
