"use client";

import type { User } from "~/shared/users";
import { useMessenger } from "../conversation/messenger";

/** Sends what an earlier visit has left, whatever page is open. */
export function KeepSending({ me }: { me: User }) {
  useMessenger(me);
  return null;
}
