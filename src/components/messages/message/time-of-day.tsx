import { useFormatter } from "next-intl";

/** When a message was written, as hours and minutes. */
export function TimeOfDay({ date, className }: { date: Date; className?: string | undefined }) {
  const format = useFormatter();
  return (
    <time dateTime={date.toISOString()} className={className}>
      {format.dateTime(date, { timeStyle: "short" })}
    </time>
  );
}
