import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { InboxProvider } from "~/components/rooms/inbox-provider";
import { TimeZoneSync } from "~/i18n/time-zone-sync";
import { TrpcProvider } from "~/trpc/react";
import { findMe, serverCaller, socketUrl } from "~/trpc/server";
import { ChatFrame } from "./chat-frame";

/** Everything behind the sign-in: the live connection, my rooms, and the zones of the page. */
export default async function ChatLayout({ children }: { children: ReactNode }) {
  const me = await findMe();
  if (!me) redirect("/sign-in");
  const caller = await serverCaller();
  const [firstPage, firstQuiet] = await Promise.all([
    caller.rooms.list({}),
    caller.notifications.doNotDisturb(),
  ]);
  return (
    <TrpcProvider socketUrl={socketUrl()}>
      <TimeZoneSync redraw />
      <InboxProvider firstPage={firstPage}>
        <ChatFrame firstMe={me} firstQuiet={firstQuiet}>
          {children}
        </ChatFrame>
      </InboxProvider>
    </TrpcProvider>
  );
}
