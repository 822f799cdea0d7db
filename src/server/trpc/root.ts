import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { accountRouter } from "~/server/account/router";
import { attachmentsRouter } from "~/server/attachments/router";
import { authRouter } from "~/server/auth/router";
import { contactsRouter } from "~/server/contacts/router";
import { groupsRouter, realtimeGroupsRouter } from "~/server/groups/router";
import { messagesRouter, realtimeMessagesRouter } from "~/server/messages/router";
import { notificationsRouter, realtimeNotificationsRouter } from "~/server/notifications/router";
import { realtimeRoomsRouter, roomsRouter } from "~/server/rooms/router";
import { createCallerFactory, router } from "./init";

/** Everything, over HTTP. The page, bots and tests infer their types from it. */
export const appRouter = router({
  auth: authRouter,
  account: accountRouter,
  contacts: contactsRouter,
  rooms: roomsRouter,
  groups: groupsRouter,
  messages: messagesRouter,
  attachments: attachmentsRouter,
  notifications: notificationsRouter,
});

/** The part that the WebSocket serves: a socket has no response to set a cookie on, and a small door is easily guarded. */
export const realtimeRouter = router({
  rooms: realtimeRoomsRouter,
  groups: realtimeGroupsRouter,
  messages: realtimeMessagesRouter,
  notifications: realtimeNotificationsRouter,
});

export type AppRouter = typeof appRouter;
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;

/** Typed direct calls, for tests and server components: `createCaller(context).messages.send(…)`. */
export const createCaller = createCallerFactory(appRouter);
