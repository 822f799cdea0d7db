import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "~/server/trpc/root";

/**
 * Calls `onSignedOut` when any answer, over HTTP or the WebSocket, says that the session has ended. Not when it ends
 * because it was asked to from here: the live streams may hear of it first, and whoever asked does what is to follow.
 */
export const signedOutLink =
  (onSignedOut: () => void): TRPCLink<AppRouter> =>
  () => {
    let signingOut = false;
    return ({ op, next }) =>
      observable((observer) => {
        const isSignOut = op.path === "auth.signOut" || op.path === "account.delete";
        if (isSignOut) signingOut = true;
        return next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (isSignOut) signingOut = false;
            if (error.data?.reason === "NOT_SIGNED_IN" && !signingOut) onSignedOut();
            observer.error(error);
          },
        });
      });
  };
