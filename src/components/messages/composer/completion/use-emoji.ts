import { useLocale } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { useKept } from "~/components/ui/kept-value";
import type { FindEmoji } from "../../emoji/emoji-names";
import { keptSkinTone } from "../../emoji/skin-tone";
import type { Completion } from "./completion-list";
import type { Token } from "./token";

/** What emoji are called, loaded when somebody first asks; null until then. */
const useFindEmoji = (isAsked: boolean): FindEmoji | null => {
  const locale = useLocale();
  const [find, setFind] = useState<FindEmoji | null>(null);
  useEffect(() => {
    if (!isAsked || find) return;
    let gone = false;
    import("../../emoji/emoji-names")
      .then(({ loadEmojiNames }) => loadEmojiNames(locale))
      .then(
        (loaded) => gone || setFind(() => loaded),
        // Out of reach: the next one typed asks again.
        () => undefined,
      );
    return () => {
      gone = true;
    };
  }, [isAsked, find, locale]);
  return find;
};

/** The emoji that a `:` may mean; with a second colon, the one that is called exactly so. */
export const useEmoji = (token: Token | null): Completion[] => {
  const find = useFindEmoji(token !== null);
  const tone = useKept(keptSkinTone);
  const { query, closed } = token ?? {};
  return useMemo(() => {
    if (!find || query === undefined) return [];
    const found = find(query, tone);
    return (closed ? found.filter(({ isExact }) => isExact).slice(0, 1) : found).map(
      ({ emoji, label, code }) => ({
        key: emoji,
        // The second colon was typed in the place of a space.
        text: closed ? emoji : `${emoji} `,
        picture: emoji,
        name: label,
        typed: `:${code}:`,
      }),
    );
  }, [find, query, closed, tone]);
};
