"use client";

import { NextIntlClientProvider, useLocale } from "next-intl";
import { useEffect, useState } from "react";
import { type KeptAccount, readAccount } from "~/browser/kept-account";
import { InboxProvider } from "~/components/rooms/inbox-provider";
import { roomIdOf } from "~/shared/room-href";
import { TrpcProvider } from "~/trpc/react";
import { ChatFrame } from "../(chat)/chat-frame";
import { MainZone } from "../(chat)/main-zone";
import { paths } from "../(chat)/paths";
import { OfflineNotice } from "./offline-notice";

const isOfChat = (pathname: string): boolean =>
  roomIdOf(pathname) !== undefined || Object.values<string>(paths).includes(pathname);

/** The chat as this browser keeps it, at whatever address it was asked for. Once there is a connection it goes on from there. */
export function OfflineChat({ socketUrl }: { socketUrl: string }) {
  const locale = useLocale();
  const [account, setAccount] = useState<KeptAccount | null>();
  useEffect(() => {
    void readAccount().then(setAccount);
  }, []);
  // This page was drawn some time ago, by a server that knows nothing of this browser: nothing of it may be shown yet.
  if (account === undefined) return null;
  if (account === null || !isOfChat(window.location.pathname)) return <OfflineNotice />;
  return (
    <NextIntlClientProvider
      locale={locale}
      now={new Date()}
      timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
    >
      <TrpcProvider socketUrl={socketUrl}>
        <InboxProvider firstPage={{ items: [...account.rooms], nextCursor: account.nextCursor }}>
          <ChatFrame firstMe={account.me} firstQuiet={{ until: null }}>
            <MainZone />
          </ChatFrame>
        </InboxProvider>
      </TrpcProvider>
    </NextIntlClientProvider>
  );
}
