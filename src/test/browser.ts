import { randomInt } from "node:crypto";
import type { Runtime } from "~/server/runtime";
import { createContext } from "~/server/trpc/context";
import { createCaller } from "~/server/trpc/root";

/**
 * A browser at an address of its own, with no one signed in to it. It keeps the cookie it is given, and each `api()` is a
 * new request, authorised anew.
 */
export const openBrowser = (
  runtime: Runtime,
  { ip = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`, userAgent = "Testium/1.0" } = {},
) => {
  const browser = {
    ip,
    userAgent,
    /** What it was last told to keep: the whole `Set-Cookie` header. */
    setCookie: undefined as string | undefined,
    get cookie(): string | undefined {
      return browser.setCookie?.split(";")[0];
    },
    context: () =>
      createContext(
        runtime,
        { ip, userAgent, cookie: browser.cookie, authorization: undefined },
        {
          setCookie: (header) => {
            browser.setCookie = header;
          },
        },
      ),
    api: async () => createCaller(await browser.context()),
  };
  return browser;
};
