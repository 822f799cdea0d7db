import { Globe, Link2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect } from "react";
import type { Message } from "~/shared/messages";
import { trpc } from "~/trpc/react";
import { segmentsOf } from "../text/text-segments";
import { type Growing, GrowingList } from "./growing-list";
import { NothingYet } from "./nothing-yet";
import { SharedEntry, SharedLink, SharedSkeleton } from "./shared-entry";
import { useChangedMessages } from "./use-changed-messages";

/** Every address begins with it, and searching finds parts of words. */
const mark = "http";

interface RoomLink {
  readonly message: Message;
  readonly href: string;
}

const linksOf = (message: Message): RoomLink[] => {
  const hrefs = segmentsOf(message.body).flatMap(({ href }) => href ?? []);
  return [...new Set(hrefs)].map((href) => ({ message, href }));
};

/** The addresses in a room's messages, the newest first. */
const useRoomLinks = (roomId: string): Growing<RoomLink> => {
  const search = trpc.messages.search.useInfiniteQuery(
    { roomId, query: mark },
    { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0 },
  );
  const newest = trpc.messages.list.useQuery({ roomId, limit: 1 });
  const { refetch } = search;
  const changed = useChangedMessages(roomId, newest.data?.rev, ({ body }) => body.includes(mark));
  useEffect(() => {
    if (changed.length > 0) void refetch();
  }, [changed, refetch]);
  return {
    items: search.data?.pages.flatMap((page) => page.items.flatMap(linksOf)),
    error: search.error,
    hasMore: search.hasNextPage,
    loadingMore: search.isFetchingNextPage,
    loadMore: () => void search.fetchNextPage(),
    retry: () => void refetch(),
  };
};

interface RoomLinksProps {
  roomId: string;
  onGoTo: (seq: number) => void;
}

/** The web addresses that were sent to a room. */
export function RoomLinks({ roomId, onGoTo }: RoomLinksProps) {
  const t = useTranslations("messages.roomFiles");
  const format = useFormatter();
  const list = useRoomLinks(roomId);
  const icon = (
    <span
      aria-hidden
      className="grid size-10 shrink-0 place-items-center rounded-control bg-accent/10 text-accent"
    >
      <Globe className="size-5" />
    </span>
  );
  return (
    <GrowingList
      list={list}
      skeleton={<SharedSkeleton />}
      empty={<NothingYet icon={<Link2 aria-hidden />}>{t("noLinks")}</NothingYet>}
    >
      {(items) => (
        <ul className="flex flex-col gap-1">
          {items.map(({ message: { id, seq, createdAt }, href }) => (
            <SharedEntry key={`${id} ${href}`} onGoTo={() => onGoTo(seq)}>
              <SharedLink
                href={href}
                target="_blank"
                rel="noopener noreferrer nofollow"
                icon={icon}
                title={href.replace(/^https?:\/\/(www\.)?|\/$/g, "")}
                detail={format.dateTime(createdAt, { dateStyle: "medium" })}
              />
            </SharedEntry>
          ))}
        </ul>
      )}
    </GrowingList>
  );
}
