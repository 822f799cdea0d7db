import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { localeCookie, negotiateLocale, timeZoneCookie } from "./locale";

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat(undefined, { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** next-intl's settings of one request: language by cookie, then by browser; no locale in the address. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = negotiateLocale(jar.get(localeCookie)?.value, head.get("accept-language"));
  const timeZone = jar.get(timeZoneCookie)?.value;
  return {
    locale,
    timeZone: timeZone !== undefined && isTimeZone(timeZone) ? timeZone : "UTC",
    now: new Date(),
    messages: (await import(`./messages/${locale}.json`)).default,
  };
});
