import type { Locale } from "./locale";
import type messages from "./messages/es.json";

// Makes every message key and locale a checked type.
declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof messages;
  }
}
