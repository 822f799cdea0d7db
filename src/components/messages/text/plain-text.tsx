import { mentionsIn } from "./mentions";
import { segmentsOf } from "./text-segments";
import { WebLink } from "./web-link";

const mentioned = (text: string) =>
  mentionsIn(text).map(({ text: part, isMention }, index) =>
    isMention ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the segments of a text never change places
      <span key={index} className="font-medium text-accent">
        {part}
      </span>
    ) : (
      part
    ),
  );

/** Text as it is, its web addresses as links, its mentions coloured. */
export function PlainText({ text }: { text: string }) {
  return segmentsOf(text).map(({ text: part, href }, index) =>
    href === null ? (
      mentioned(part)
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the segments of a text never change places
      <WebLink key={index} href={href}>
        {part}
      </WebLink>
    ),
  );
}
