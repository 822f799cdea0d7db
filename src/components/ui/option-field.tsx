"use client";

import { clsx } from "clsx";
import { Search } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";

export interface Option {
  key: string;
  content: ReactNode;
  onPick: () => void;
}

export interface OptionGroup {
  label: string;
  options: readonly Option[];
}

type OptionFieldProps = {
  label: string;
  field: RefObject<HTMLInputElement | null>;
  value: string;
  onChange: (value: string) => void;
  groups: readonly OptionGroup[];
  /** Read aloud, and shown below the options: that there are none, why they could not be had. */
  status: ReactNode;
  /** Called when the end of the options comes into sight. */
  onEnd?: (() => void) | undefined;
  /** What stands beside the field. */
  beside?: ReactNode;
  /** What stands between the field and the options. */
  children?: ReactNode;
};

const scrollIntoSight = (option: HTMLElement | null): void => option?.scrollIntoView({ block: "nearest" });

/** Calls `onEnd` whenever it comes into sight. */
function End({ onEnd }: { onEnd: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onEnd());
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [onEnd]);
  return <div ref={end} className="h-px" />;
}

/** A field to type into, and below it what that may mean: the arrows choose, Enter takes. The focus stays in the field. */
export function OptionField(props: OptionFieldProps) {
  const { label, field, value, onChange, groups, status, onEnd, beside, children } = props;
  const listId = useId();
  const [activeKey, setActiveKey] = useState<string>();
  const options = groups.flatMap((group) => group.options);
  const active = Math.max(
    0,
    options.findIndex(({ key }) => key === activeKey),
  );
  const optionId = (index: number): string => `${listId}-${index}`;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || options.length === 0) return;
    if (event.key === "ArrowDown") setActiveKey(options[Math.min(active + 1, options.length - 1)]?.key);
    else if (event.key === "ArrowUp") setActiveKey(options[Math.max(active - 1, 0)]?.key);
    else if (event.key === "Enter") options[active]?.onPick();
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="flex shrink-0 items-center gap-1 pe-2">
        <label className="relative flex min-w-0 grow items-center">
          <Search aria-hidden className="pointer-events-none absolute start-4 size-[18px] text-ink-3" />
          <input
            ref={field}
            type="text"
            role="combobox"
            aria-label={label}
            aria-autocomplete="list"
            aria-expanded={options.length > 0}
            aria-controls={listId}
            aria-activedescendant={options.length > 0 ? optionId(active) : undefined}
            placeholder={label}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={300}
            value={value}
            onChange={(event) => {
              setActiveKey(undefined);
              onChange(event.target.value);
            }}
            onKeyDown={onKeyDown}
            className="h-14 w-full min-w-0 bg-transparent ps-11 pe-2 text-base outline-none placeholder:text-ink-3"
          />
        </label>
        {beside}
      </div>
      {children}
      <div
        id={listId}
        role="listbox"
        aria-label={label}
        className="flex min-h-0 flex-col gap-2 overflow-y-auto px-2 pb-2 empty:hidden"
      >
        {groups
          .filter((group) => group.options.length > 0)
          .map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
            <div key={group.label} role="group" aria-label={group.label}>
              <p aria-hidden className="px-2 py-1 font-semibold text-ink-3 text-xs">
                {group.label}
              </p>
              {group.options.map((option) => {
                const index = options.indexOf(option);
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
                  <div
                    key={option.key}
                    id={optionId(index)}
                    ref={index === active ? scrollIntoSight : undefined}
                    role="option"
                    tabIndex={-1}
                    aria-selected={index === active}
                    onPointerDown={(event) => event.preventDefault()}
                    onClick={option.onPick}
                    className={clsx(
                      "min-h-10 cursor-pointer rounded-item",
                      index === active ? "bg-hover" : "hover:bg-hover/60",
                    )}
                  >
                    {option.content}
                  </div>
                );
              })}
            </div>
          ))}
        {onEnd && <End onEnd={onEnd} />}
      </div>
      <p role="status" className="shrink-0 px-4 py-3 text-ink-2 text-sm empty:hidden">
        {status}
      </p>
    </>
  );
}
