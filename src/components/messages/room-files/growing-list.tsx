import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { Button } from "~/components/ui/button";
import { useErrorText } from "~/trpc/use-error-text";

/** A list that grows as one asks for more. */
export interface Growing<T> {
  /** Undefined until the first page is there. */
  readonly items: readonly T[] | undefined;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

interface GrowingListProps<T> {
  list: Growing<T>;
  /** What stands in the place of the first page. */
  skeleton: ReactNode;
  /** What stands in the place of nothing. */
  empty: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}

/** Shows such a list, whatever has become of it; what is further down is fetched as one gets there. */
export function GrowingList<T>({ list, skeleton, empty, children }: GrowingListProps<T>) {
  const t = useTranslations();
  const errorText = useErrorText();
  const end = useRef<HTMLDivElement>(null);
  const { items, error, hasMore, loadingMore, loadMore, retry } = list;
  const more = useEffectEvent(() => {
    if (!loadingMore && !error) loadMore();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: where a page did not fill the screen, the end is still in sight
  useEffect(() => {
    if (!end.current || !hasMore) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more());
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasMore, items]);

  return (
    <>
      {items?.length === 0 && !hasMore && empty}
      {items && items.length > 0 && children(items)}
      {!items && !error && (
        <div role="status" aria-label={t("common.loading")}>
          {skeleton}
        </div>
      )}
      {error !== null && (
        <div role="alert" className="flex flex-col items-start gap-2 px-2 py-3 text-danger text-sm">
          {errorText(error)}
          <Button variant="secondary" size="small" onClick={items ? loadMore : retry}>
            {t("common.retry")}
          </Button>
        </div>
      )}
      <div ref={end} />
      {hasMore && error === null && (
        <div className="grid place-items-center py-3">
          <Button variant="ghost" size="small" busy={loadingMore} onClick={loadMore}>
            {t("messages.roomFiles.more")}
          </Button>
        </div>
      )}
    </>
  );
}
