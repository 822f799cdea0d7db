import { hasAccount } from "~/browser/kept-account";
import { locales } from "~/i18n/locale";
import { build } from "./build";
import { readLocale } from "./locale";

/*
 * The shell is the chat without anything of anybody's: a page that draws itself from what the browser keeps of the account
 * (`src/browser/kept-account.ts`), and the files that it needs. Those files are all that is cached: whoever is online gets every
 * page and every answer from the server. Each build has a cache of its own, so that one never loads the other's code.
 */

const prefix = "charla:";
const cacheName = prefix + build.id;
/** The tabs that were open when a build went in may still ask for parts of the one before. */
const buildsKept = 2;
/** Whoever waits longer for a page has no connection to speak of. Milliseconds. */
const patienceMs = 6_000;

const shellAt = (locale: string): string => `/offline?${locale}`;

/** Asked for as nobody, in the language of our choice: nothing private is in it. */
const fetchShell = async (locale: string): Promise<Response> => {
  const response = await fetch("/offline", {
    credentials: "omit",
    cache: "no-store",
    headers: { "Accept-Language": locale },
  });
  if (!response.ok) throw new Error(`/offline: ${response.status}`);
  const html = await response.clone().text();
  const foreign = html.match(/\/_next\/static\/[\w/.~-]+/g)?.find((file) => !build.files.includes(file));
  // While nodes are updated one after the other, the page may come from one that has another build.
  if (foreign !== undefined) throw new Error(`/offline is of another build: ${foreign}`);
  return response;
};

/** Keeps what is not kept yet. Rejects where it cannot; then the next page that is opened tries again. */
export const keepShell = async (): Promise<void> => {
  const cache = await caches.open(cacheName);
  const last = locales.at(-1) ?? "";
  if (await cache.match(shellAt(last))) return;
  const heavy = new Set(build.heavy);
  await cache.addAll(build.files.filter((file) => !heavy.has(file)));
  for (const locale of locales) await cache.put(shellAt(locale), await fetchShell(locale));
};

/** This build's; while that is not whole, the one before's, which gets on with its own files. */
const findShell = async (locale: string): Promise<Response | undefined> =>
  (await (await caches.open(cacheName)).match(shellAt(locale))) ?? caches.match(shellAt(locale));

/** Lets go of what builds before have left. */
export const dropOldShells = async (): Promise<void> => {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
  const kept = build.files.length === 0 ? 0 : buildsKept;
  for (const name of names.slice(0, names.length - kept)) await caches.delete(name);
};

/** A file of the pages: from the cache of whichever build has it. */
export const answerFile = async (request: Request): Promise<Response> => {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(cacheName)).put(request, response.clone());
  return response;
};

/** A page: from the server; where that is away, the shell, if somebody's chat is kept here. */
export const answerPage = async ({ request, preloadResponse }: FetchEvent): Promise<Response> => {
  const network = (async (): Promise<Response> => (await preloadResponse) ?? fetch(request))();
  const late = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null));
  const answer = await Promise.race([network, late]).catch(() => null);
  if (answer && answer.status < 500) return answer;
  const shell = (await hasAccount()) && (await findShell(await readLocale()));
  return shell || network;
};
