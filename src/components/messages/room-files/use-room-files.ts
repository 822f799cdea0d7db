import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AttachmentKind, RoomFile } from "~/shared/attachments";
import { trpc } from "~/trpc/react";
import type { Growing } from "./growing-list";
import { mergeChanges } from "./merge-changes";
import { useChangedMessages } from "./use-changed-messages";

/** A room's files of these kinds, live, the newest first. Pages are of `limit` messages. */
export const useRoomFiles = (
  roomId: string,
  kinds: readonly AttachmentKind[],
  limit?: number,
): Growing<RoomFile> => {
  const { client } = trpc.useUtils();
  const query = useInfiniteQuery({
    queryKey: ["room-files", roomId, kinds, limit],
    queryFn: ({ pageParam: before, signal }) =>
      client.attachments.list.query({ roomId, kinds: [...kinds], before, limit }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
  });
  const pages = query.data?.pages;
  const changed = useChangedMessages(roomId, pages?.[0]?.rev, ({ attachments }) => attachments.length > 0);
  const items = useMemo(() => {
    if (!pages) return undefined;
    const from = pages.at(-1)?.nextCursor ?? 0;
    return mergeChanges({ items: pages.flatMap((page) => page.items), from, kinds }, changed);
  }, [pages, kinds, changed]);
  return {
    items,
    error: query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
};
