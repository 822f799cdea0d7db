import { devices } from "@playwright/test";

const { defaultBrowserType: _, ...pixel } = devices["Pixel 7"];

/** A phone: touch, no hover, 390 × 844. Its owner reads English, as the desk's reads Spanish. */
export const phone = { ...pixel, viewport: { width: 390, height: 844 }, locale: "en-GB" };

/** Where a flow is run: between them both sizes and both languages occur. */
export const places = [
  { title: "at a desk, in Spanish", options: { locale: "es-AR" } },
  { title: "on a phone, in English", options: phone },
];
