import type { Runtime } from "~/server/runtime";
import type { User } from "~/shared/users";

/** Whoever stands at the door: what this noun needs of a request. */
export interface Visitor {
  runtime: Runtime;
  requestId: string;
  peer: { ip: string; userAgent: string | null };
  setCookie: (header: string) => void;
}

/** A visitor who is signed in. */
export interface Member extends Visitor {
  user: User;
  sessionId: string;
}
