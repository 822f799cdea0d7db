"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "~/components/ui/dialog";
import { Skeleton } from "~/components/ui/skeleton";
import { notify } from "~/components/ui/toaster";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";
import { InviteRow } from "./invite-row";
import { NewInvite } from "./new-invite";
import { useGroupActions } from "./use-group-actions";

type InvitesDialogProps = { roomId: string; onClose: () => void };

/** The links by which people join a group by themselves. */
export function InvitesDialog({ roomId, onClose }: InvitesDialogProps) {
  const t = useTranslations("groups");
  const errorText = useErrorText();
  const { createInvite, revokeInvite } = useGroupActions();
  const invites = trpc.groups.invites.useQuery({ roomId }, { staleTime: 0 });
  const revoke = (inviteId: string): void =>
    revokeInvite.mutate({ roomId, inviteId }, { onSuccess: () => void notify("success", t("revoked")) });
  return (
    <Dialog title={t("invites")} text={t("invitesText")} onClose={onClose}>
      <div className="flex min-h-0 flex-col gap-5 px-6 pb-6">
        <NewInvite
          busy={createInvite.isPending}
          onCreate={(limits) => createInvite.mutate({ roomId, ...limits })}
        />
        {invites.isPending && <Skeleton className="h-11" />}
        {invites.error && (
          <p role="alert" className="text-ink-2 text-sm">
            {errorText(invites.error)}
          </p>
        )}
        <ul
          aria-label={t("invites")}
          className="flex flex-col gap-3 overflow-y-auto border-line border-t pt-4 empty:hidden"
        >
          {invites.data?.map((invite) => (
            <InviteRow key={invite.id} invite={invite} onRevoke={() => revoke(invite.id)} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
