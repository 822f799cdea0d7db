"use client";

import { notify } from "~/components/ui/toaster";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";

/** What can be done with a group. The group's timeline says what was done; here only what failed is said. */
export const useGroupActions = () => {
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const onError = (error: unknown) => void notify("error", errorText(error));
  const settled = { onError, onSettled: () => utils.groups.invalidate() };
  return {
    create: trpc.groups.create.useMutation(settled),
    rename: trpc.groups.rename.useMutation(settled),
    addMembers: trpc.groups.addMembers.useMutation(settled),
    removeMember: trpc.groups.removeMember.useMutation(settled),
    setRole: trpc.groups.setRole.useMutation(settled),
    leave: trpc.groups.leave.useMutation({ onError }),
    createInvite: trpc.groups.createInvite.useMutation(settled),
    revokeInvite: trpc.groups.revokeInvite.useMutation(settled),
    accept: trpc.contacts.accept.useMutation(settled),
  };
};
