"use client";

import { createContext, use } from "react";
import type { User } from "~/shared/users";

export const MeContext = createContext<User | null>(null);

/** Who is signed in. */
export const useMe = (): User => {
  const me = use(MeContext);
  if (!me) throw new Error("useMe is called outside of the chat");
  return me;
};
