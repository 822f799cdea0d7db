"use client";

import { EmojiPicker as Picker } from "frimousse";
import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";
import { useKept } from "~/components/ui/kept-value";
import { loadEmojiData } from "./emoji-data";
import { keptSkinTone, type SkinTone, skinTones, toned } from "./skin-tone";

interface Place {
  "aria-rowindex"?: number | undefined;
  "aria-colindex"?: number | undefined;
}

/** Rows and columns are counted from 1, and the picker counts them from 0. */
const countFromOne = <P extends Place>({ "aria-rowindex": row, "aria-colindex": column, ...props }: P) => ({
  ...props,
  ...(row !== undefined && { "aria-rowindex": row + 1 }),
  ...(column !== undefined && { "aria-colindex": column + 1 }),
});

const components = {
  CategoryHeader: ({ category, ...props }) => (
    <div
      {...props}
      className="bg-raised px-2 pt-2 pb-1 font-semibold text-ink-3 text-xs first-letter:uppercase"
    >
      {category.label}
    </div>
  ),
  Row: ({ children, ...props }) => (
    <div {...countFromOne(props)} className="px-1">
      {children}
    </div>
  ),
  Emoji: ({ emoji, ...props }) => (
    <button
      {...countFromOne(props)}
      type="button"
      aria-label={emoji.label}
      className="grid size-9 place-items-center rounded-control text-xl data-active:bg-hover"
    >
      {emoji.emoji}
    </button>
  ),
} satisfies Parameters<typeof Picker.List>[0]["components"];

/** What shows a tone. */
const hand = "✋";

/** The tone of hands and people, here and wherever else one takes an emoji. */
function SkinToneChoice({ chosen }: { chosen: SkinTone }) {
  const t = useTranslations("messages.skinTone");
  const name = useId();
  return (
    <fieldset className="flex items-center justify-between border-line border-t py-1 ps-3 pe-1.5">
      <legend className="float-start text-ink-3 text-xs pointer-coarse:sr-only">{t("title")}</legend>
      <div className="flex pointer-coarse:w-full pointer-coarse:justify-between">
        {skinTones.map((tone) => (
          <label
            key={tone}
            title={t(tone)}
            className="relative grid size-8 place-items-center rounded-control hover:bg-hover has-checked:bg-accent-soft has-checked:shadow-[inset_0_0_0_1px_var(--accent-line)] has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:size-11"
          >
            <input
              type="radio"
              name={name}
              aria-label={t(tone)}
              checked={tone === chosen}
              onChange={() => keptSkinTone.set(tone)}
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
            />
            <span aria-hidden>{toned(hand, tone)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** All emoji, by category or by what they are called. Enter takes the one that the arrows have reached. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useTranslations("messages");
  const locale = useLocale();
  const skinTone = useKept(keptSkinTone);
  return (
    <Picker.Root
      locale={locale}
      resolveEmojiData={loadEmojiData}
      columns={8}
      skinTone={skinTone}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
      className="isolate flex h-90 w-[304px] flex-col"
    >
      <Picker.Search
        autoFocus
        aria-label={t("emojiSearch")}
        placeholder={t("emojiSearch")}
        className="mx-2 mt-2 mb-1 h-9 rounded-item border border-line bg-canvas px-3 text-sm placeholder:text-ink-3"
      />
      <Picker.Viewport tabIndex={0} className="relative flex-1 focus-visible:outline-offset-[-2px]">
        <Picker.Loading className="absolute inset-0 grid place-content-center text-ink-3 text-sm">
          {t("emojiLoading")}
        </Picker.Loading>
        <Picker.Empty className="absolute inset-0 grid place-content-center text-ink-3 text-sm">
          {t("emojiNone")}
        </Picker.Empty>
        <Picker.List components={components} className="select-none pb-1" />
      </Picker.Viewport>
      <SkinToneChoice chosen={skinTone} />
    </Picker.Root>
  );
}
