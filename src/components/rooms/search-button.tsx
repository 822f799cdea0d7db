"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { Shortcut } from "./shortcut";

/** Opens the search over everything. So does Ctrl-K or ⌘K, from anywhere. */
export function SearchButton({ onOpen }: { onOpen: () => void }) {
  const t = useTranslations("rooms");
  const onShortcut = useEffectEvent((event: globalThis.KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (key.toLowerCase() !== "k" || !(ctrlKey || metaKey) || altKey || shiftKey) return;
    event.preventDefault();
    onOpen();
  });
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent): void => onShortcut(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
  return (
    <search className="mx-3 mb-2.5 flex">
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={t("searchLabel")}
        onClick={onOpen}
        className="flex h-9 w-full items-center gap-2.5 rounded-control border border-line bg-raised px-2.5 text-start text-[14px] text-ink-3 hover:border-line-strong pointer-coarse:h-10 pointer-coarse:text-[16px]"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="grow">{t("search")}</span>
        <Shortcut className="pointer-coarse:hidden" />
      </button>
    </search>
  );
}
