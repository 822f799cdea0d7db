"use client";

import { Crown, MessageSquare, ShieldCheck, ShieldMinus, UserMinus, UserPlus } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ActionRow } from "~/components/ui/action-row";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import { IconButton } from "~/components/ui/icon-button";
import { moveFocusInList } from "~/components/ui/list-keys";
import { Skeleton } from "~/components/ui/skeleton";
import type { GroupMember } from "~/shared/groups";
import type { RoomSummary } from "~/shared/rooms";
import { type MemberAction, memberActions } from "./member-actions";
import { MemberRow } from "./member-row";
import type { useGroupActions } from "./use-group-actions";

const icons = {
  write: MessageSquare,
  makeAdmin: ShieldCheck,
  makeMember: ShieldMinus,
  makeOwner: Crown,
  remove: UserMinus,
} as const;

type Asking = { what: "makeOwner" | "remove"; member: GroupMember };

type MemberListProps = {
  room: RoomSummary;
  myId: string;
  members: readonly GroupMember[] | undefined;
  actions: ReturnType<typeof useGroupActions>;
  /** Leads to the 1:1 room with somebody. */
  onWrite: (member: GroupMember) => void;
  /** Given: people can be added. */
  onAdd: (() => void) | undefined;
};

/** Everybody of a group, and what I may do about each. */
export function MemberList({ room, myId, members, actions, onWrite, onAdd }: MemberListProps) {
  const t = useTranslations("groups");
  const headingId = useId();
  const now = useNow({ updateInterval: 60_000 });
  const [asking, setAsking] = useState<Asking>();
  const busy = actions.setRole.isPending || actions.removeMember.isPending;

  const act = (what: MemberAction, member: GroupMember): void => {
    const target = { roomId: room.id, userId: member.user.id };
    if (what === "write") onWrite(member);
    else if (what === "makeAdmin") actions.setRole.mutate({ ...target, role: "admin" });
    else if (what === "makeMember") actions.setRole.mutate({ ...target, role: "member" });
    else setAsking({ what, member });
  };
  const confirmed = ({ what, member: { user } }: Asking): void => {
    const target = { roomId: room.id, userId: user.id };
    if (what === "remove") actions.removeMember.mutate(target);
    else actions.setRole.mutate({ ...target, role: "owner" });
  };
  return (
    <section className="border-line border-t p-2">
      <div className="flex min-h-10 items-center justify-between ps-2.5">
        <h3 id={headingId} className="font-semibold text-ink-3 text-xs">
          {t("people")}
        </h3>
        {onAdd && (
          <IconButton label={t("add")} onClick={onAdd} tooltip={{ align: "end" }}>
            <UserPlus aria-hidden />
          </IconButton>
        )}
      </div>
      <ul aria-labelledby={headingId} onKeyDown={moveFocusInList} className="[--surface:var(--canvas)]">
        {members
          ? members.map((member) => (
              <MemberRow key={member.user.id} member={member} isMe={member.user.id === myId} now={now}>
                {memberActions(room.role, member).map((what) => {
                  const Icon = icons[what];
                  return (
                    <ActionRow
                      key={what}
                      icon={<Icon aria-hidden />}
                      danger={what === "remove"}
                      disabled={busy}
                      onClick={() => act(what, member)}
                    >
                      {t(what, { name: member.user.displayName })}
                    </ActionRow>
                  );
                })}
              </MemberRow>
            ))
          : [1, 2, 3].map((row) => (
              <li key={row} className="flex min-h-11 items-center gap-2.5 px-2.5">
                <Skeleton className="size-8 rounded-full" />
                <Skeleton className="h-3 w-28" />
              </li>
            ))}
      </ul>
      {asking && (
        <ConfirmDialog
          title={t(`${asking.what}Title`, { name: asking.member.user.displayName })}
          text={t(`${asking.what}Text`)}
          confirmLabel={t(asking.what)}
          onConfirm={() => confirmed(asking)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </section>
  );
}
