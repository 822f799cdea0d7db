import { clsx } from "clsx";
import type { ReactNode } from "react";

/** What may be meant by what is being written. */
export interface Completion {
  readonly key: string;
  /** What takes its place. */
  readonly text: string;
  readonly picture: ReactNode;
  readonly name: string;
  /** What else it is called, as one types it. */
  readonly typed: string;
}

/** The id of an option, for `aria-activedescendant`. */
export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

interface CompletionListProps {
  id: string;
  label: string;
  options: readonly Completion[];
  /** The place of the one that Enter takes. */
  active: number;
  onChoose: (option: Completion) => void;
}

/** Above the composer: what may be meant. The focus stays in the field. */
export function CompletionList({ id, label, options, active, onChoose }: CompletionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className="absolute start-0 bottom-full z-20 mb-1 w-80 max-w-full rounded-card border border-line bg-raised p-1 shadow-float empty:hidden"
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        <div
          key={option.key}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(option)}
          className={clsx(
            "flex min-h-10 cursor-pointer items-center gap-2.5 rounded-control px-2",
            index === active ? "bg-hover" : "hover:bg-hover",
          )}
        >
          <span className="grid w-6 shrink-0 place-items-center text-xl leading-none">{option.picture}</span>
          <bdi className="truncate font-medium text-sm">{option.name}</bdi>
          <span className="truncate text-ink-3 text-sm">{option.typed}</span>
        </div>
      ))}
    </div>
  );
}
