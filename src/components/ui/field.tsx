import { type ReactNode, useId } from "react";

type Control = {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
};

type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** What is wrong, in words; takes the place of the hint. */
  error?: string | undefined;
  /** Draws the input with what ties it to its label and description. */
  children: (control: Control) => ReactNode;
};

/** A labelled input with its hint or its error beside it. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children({
        id,
        "aria-invalid": error === undefined ? undefined : true,
        "aria-describedby": note === undefined ? undefined : noteId,
      })}
      <div
        id={noteId}
        aria-live="polite"
        className={error === undefined ? "text-ink-2 text-sm" : "text-danger text-sm"}
      >
        {note}
      </div>
    </div>
  );
}
