"use client";

import { Link2, PenLine } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ActionRow } from "~/components/ui/action-row";
import { Button } from "~/components/ui/button";
import type { GroupMember } from "~/shared/groups";
import type { RoomSummary } from "~/shared/rooms";
import { AddPeopleDialog } from "./add-people-dialog";
import { GroupPicture } from "./group-picture";
import { InvitesDialog } from "./invites-dialog";
import { LeaveGroup } from "./leave-group";
import { MemberList } from "./member-list";
import { RenameDialog } from "./rename-dialog";
import { useGroupActions } from "./use-group-actions";
import type { GroupPeople } from "./use-group-people";

type GroupPanelProps = {
  room: RoomSummary;
  people: GroupPeople;
  myId: string;
  /** Leads to the 1:1 room with somebody. */
  onWrite: (member: GroupMember) => void;
  /** Leads out of the room. */
  onLeave: () => void;
  /** What else can be done about the room. */
  children: ReactNode;
};

/** What a group's members can do about it, each by their role, and who they are. */
export function GroupPanel({ room, people, myId, onWrite, onLeave, children }: GroupPanelProps) {
  const t = useTranslations();
  const actions = useGroupActions();
  const { members, error, retry } = people;
  const [dialog, setDialog] = useState<"rename" | "add" | "invites">();
  const close = (): void => setDialog(undefined);
  const mayChange = room.role !== "member";
  return (
    <>
      <div className="border-line border-t p-2">
        {children}
        {mayChange && (
          <>
            <ActionRow icon={<PenLine aria-hidden />} onClick={() => setDialog("rename")}>
              {t("groups.rename")}
            </ActionRow>
            <GroupPicture room={room} />
            <ActionRow icon={<Link2 aria-hidden />} onClick={() => setDialog("invites")}>
              {t("groups.invites")}
            </ActionRow>
          </>
        )}
        <LeaveGroup room={room} alone={members?.length === 1} onLeave={onLeave} />
      </div>
      {error && !members ? (
        <div role="alert" className="flex flex-col items-start gap-2 border-line border-t p-4 text-sm">
          {t("groups.membersError")}
          <Button variant="secondary" size="small" onClick={retry}>
            {t("common.retry")}
          </Button>
        </div>
      ) : (
        <MemberList
          room={room}
          myId={myId}
          members={members}
          actions={actions}
          onWrite={onWrite}
          onAdd={mayChange ? () => setDialog("add") : undefined}
        />
      )}
      {dialog === "rename" && <RenameDialog room={room} onClose={close} />}
      {dialog === "invites" && <InvitesDialog roomId={room.id} onClose={close} />}
      {dialog === "add" && (
        <AddPeopleDialog
          roomId={room.id}
          memberIds={new Set(members?.map(({ user }) => user.id))}
          onClose={close}
        />
      )}
    </>
  );
}
