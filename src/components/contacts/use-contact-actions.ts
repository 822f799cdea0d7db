"use client";

import { useTranslations } from "next-intl";
import { notify } from "~/components/ui/toaster";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";

type Confirmation = "added" | "removed" | "blocked" | "unblocked";

/** What I can do about somebody. Each says how it went, and has the lists read again. */
export const useContactActions = () => {
  const t = useTranslations("contacts");
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const settled = {
    onError: (error: unknown) => void notify("error", errorText(error)),
    onSettled: () => utils.contacts.invalidate(),
  };
  const add = trpc.contacts.add.useMutation(settled);
  const remove = trpc.contacts.remove.useMutation(settled);
  const accept = trpc.contacts.accept.useMutation(settled);
  const block = trpc.contacts.block.useMutation(settled);
  const unblock = trpc.contacts.unblock.useMutation(settled);
  const say =
    (what: Confirmation, { displayName }: User) =>
    () =>
      void notify("success", t(what, { name: displayName }));

  return {
    busy: [add, remove, accept, block, unblock].some(({ isPending }) => isPending),
    /** `then` gets the 1:1 room with them. */
    add: (user: User, then?: (roomId: string) => void) =>
      add.mutate(
        { userId: user.id },
        { onSuccess: ({ roomId }) => (then ? then(roomId) : say("added", user)()) },
      ),
    remove: (contactId: string, user: User) =>
      remove.mutate({ contactId }, { onSuccess: say("removed", user) }),
    /** Accepts the message request that this room is. */
    accept: (roomId: string) => accept.mutate({ roomId }),
    // The room may go with the block, and whoever called this with the room.
    block: (user: User) =>
      void block.mutateAsync({ userId: user.id }).then(say("blocked", user), () => undefined),
    unblock: (user: User) => unblock.mutate({ userId: user.id }, { onSuccess: say("unblocked", user) }),
  };
};
