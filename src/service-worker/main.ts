// The service worker: the chat opens without a connection, and calls when it is not open. scripts/build.js makes one file of it.
import type { PushPayload } from "~/shared/notifications";
import { build } from "./build";
import { answerClick, answerPush } from "./push";
import { answerFile, answerPage, dropOldShells, keepShell } from "./shell";

declare const self: ServiceWorkerGlobalScope;

/** Pages that are compiled on demand (`npm run dev`) have no files to keep: there nothing is cached. */
const hasShell = build.files.length > 0;

self.addEventListener("install", (event) => {
  // Without it the worker is still good for notifications.
  if (hasShell) event.waitUntil(keepShell().catch(() => undefined));
  // What it serves is named by its content, so that it gets on with pages of the build before.
  void self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const { navigationPreload } = self.registration;
  event.waitUntil(
    Promise.all([
      dropOldShells(),
      // The page that is open gets the parts that it has not loaded yet from here as well.
      self.clients.claim(),
      // A page is asked for while the worker starts. Not in every browser.
      hasShell ? navigationPreload?.enable() : navigationPreload?.disable(),
    ]),
  );
});

const answerFetch = (event: FetchEvent): void => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith("/_next/static/")) event.respondWith(answerFile(request));
  else if (request.mode === "navigate" && !pathname.startsWith("/api/")) {
    event.respondWith(answerPage(event));
    event.waitUntil(keepShell().catch(() => undefined));
  }
};

if (hasShell) self.addEventListener("fetch", answerFetch);

self.addEventListener("push", (event) => {
  if (event.data) event.waitUntil(answerPush(event.data.json() as PushPayload));
});

self.addEventListener("notificationclick", (event) => event.waitUntil(answerClick(event.notification)));
