import { Smile } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, Suspense, useState } from "react";
import { IconButton } from "~/components/ui/icon-button";
import { lazyPart } from "~/components/ui/lazy-part";
import { insertText } from "./insert-text";

const FloatingEmojiPicker = lazyPart(() =>
  import("../emoji/floating-emoji-picker").then((module) => module.FloatingEmojiPicker),
);

/** Puts emoji at the caret. Phones have them on their keyboards. */
export function ComposerEmoji({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const t = useTranslations("messages");
  const [place, setPlace] = useState<DOMRectReadOnly | null>(null);
  return (
    <span className="pointer-coarse:hidden">
      <IconButton
        label={t("emoji")}
        aria-haspopup="dialog"
        aria-expanded={place !== null}
        onClick={({ currentTarget }) => setPlace(currentTarget.getBoundingClientRect())}
        tooltip={{ side: "top" }}
      >
        <Smile aria-hidden />
      </IconButton>
      {place && (
        <Suspense>
          <FloatingEmojiPicker
            label={t("emoji")}
            place={place}
            opener={field.current}
            onPick={(emoji) => field.current && insertText(field.current, emoji)}
            onClose={() => setPlace(null)}
          />
        </Suspense>
      )}
    </span>
  );
}
