/** The languages the page speaks. The first one is for browsers that ask for none of them. */
export const locales = ["es", "en"] as const;
export type Locale = (typeof locales)[number];

/** Each language in its own words. */
export const localeNames: Record<Locale, string> = { es: "Español", en: "English" };

/** What the visitor chose in the settings. */
export const localeCookie = "locale";
/** The browser's time zone, so that the server writes the same hours as the browser. */
export const timeZoneCookie = "time-zone";

const isLocale = (tag: string): tag is Locale => locales.some((locale) => locale === tag);

/**
 * The language to answer in.
 * @param chosen the cookie's value
 * @param acceptLanguage the header, such as `en-GB,en;q=0.9,es;q=0.8`
 */
export const negotiateLocale = (chosen: string | undefined, acceptLanguage: string | null): Locale => {
  if (chosen !== undefined && isLocale(chosen)) return chosen;
  const asked = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
      return { language: tag.split("-")[0] ?? "", quality: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return asked.map(({ language }) => language).find(isLocale) ?? locales[0];
};
