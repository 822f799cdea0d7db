import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { inviteHref } from "~/components/groups/invite-href";
import { InviteGone, JoinCard } from "~/components/groups/join-card";
import { roomHref } from "~/shared/room-href";
import { findMe, isRefusal, serverCaller } from "~/trpc/server";
import { onTheWayTo } from "../../next-path";

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations();
  // The address is a secret: it is not to be told to the sites that one goes to from here.
  return { title: `${t("groups.join")} · ${t("common.appName")}`, referrer: "no-referrer" };
};

type JoinPageProps = { params: Promise<{ token: string }> };

/** Where an invite link leads: what group it is of, and the way in. */
export default async function JoinPage({ params }: JoinPageProps) {
  const { token } = await params;
  if (!(await findMe())) redirect(onTheWayTo(inviteHref(token), "/sign-in"));
  const caller = await serverCaller();
  const invite = await caller.groups.previewInvite({ token }).catch((error: unknown) => {
    if (isRefusal(error, "NOT_FOUND") || isRefusal(error, "BAD_REQUEST")) return null;
    throw error;
  });
  if (!invite) return <InviteGone />;
  if (invite.roomId) redirect(roomHref(invite.roomId));
  const { title, pictureId, memberCount } = invite;
  return <JoinCard token={token} title={title} pictureId={pictureId} memberCount={memberCount} />;
}
