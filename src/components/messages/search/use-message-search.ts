import { keepPreviousData } from "@tanstack/react-query";
import type { Message } from "~/shared/messages";
import { trpc } from "~/trpc/react";
import type { MessageSearch } from "./search-text";

/** Whether there is anything to look for: a room alone is none. */
const asksForSomething = ({ query, author, has, sentAfter, sentBefore }: MessageSearch): boolean =>
  query !== "" || has.length > 0 || Boolean(author ?? sentAfter ?? sentBefore);

export interface FoundMessages {
  found: readonly Message[];
  /** There is something to look for, and no answer yet. */
  pending: boolean;
  error: unknown;
  /** Fetches the next page; undefined where there is none. */
  more: (() => void) | undefined;
}

/** The messages that this search finds, page by page. */
export const useMessageSearch = (search: MessageSearch | null): FoundMessages => {
  const enabled = search !== null && asksForSomething(search);
  const query = trpc.messages.search.useInfiniteQuery(search ?? { query: "" }, {
    enabled,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
  return {
    found: enabled ? (query.data?.pages.flatMap(({ items }) => items) ?? []) : [],
    pending: enabled && (query.isPending || query.isPlaceholderData),
    error: enabled ? query.error : null,
    more: query.hasNextPage && !query.isFetching ? () => void query.fetchNextPage() : undefined,
  };
};
