import { type Locale, localeCookie } from "./locale";
import { remember } from "./remember";

/** Changes the page's language, now and for later visits. The server draws the page anew in it. */
export const changeLocale = (locale: Locale): void => {
  remember(localeCookie, locale);
  window.location.reload();
};
