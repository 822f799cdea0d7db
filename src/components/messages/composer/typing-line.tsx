import { useTypingText } from "~/i18n/use-typing-text";
import type { User } from "~/shared/users";

/** Who else is writing. Its place is kept while nobody is, so that nothing moves. */
export function TypingLine({ writers }: { writers: readonly { user: User }[] }) {
  const typingText = useTypingText();
  return (
    <p dir="auto" className="h-5 truncate px-5 text-ink-3 text-sm leading-5 max-sm:px-3">
      {typingText(writers.map(({ user }) => user))}
    </p>
  );
}
