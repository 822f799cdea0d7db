import { createTranslator } from "next-intl";
import en from "~/i18n/messages/en.json" with { type: "json" };
import es from "~/i18n/messages/es.json" with { type: "json" };

/** What the page says in a browser of this locale (`es-AR`, `en-GB`), by the catalogue's keys. */
export const catalogueOf = (browserLocale: string) =>
  browserLocale.startsWith("en")
    ? createTranslator({ locale: "en", messages: en })
    : createTranslator({ locale: "es", messages: es });

export type Catalogue = ReturnType<typeof catalogueOf>;
