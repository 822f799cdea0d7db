import { type Locale, localeCookie, negotiateLocale } from "~/i18n/locale";

declare const self: ServiceWorkerGlobalScope;

/** The language that the visitor chose, or the browser's. */
export const readLocale = async (): Promise<Locale> => {
  const chosen = "cookieStore" in self ? await self.cookieStore.get(localeCookie) : null;
  return negotiateLocale(chosen?.value, navigator.languages.join());
};
