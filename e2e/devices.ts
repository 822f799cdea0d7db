import { devices } from "@playwright/test";

const { defaultBrowserType: _, ...pixel } = devices["Pixel 7"];

/** A phone: touch, no hover, 390 × 844. */
export const phone = { ...pixel, viewport: { width: 390, height: 844 } };
