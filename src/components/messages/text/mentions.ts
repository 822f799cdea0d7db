import { mentionPattern } from "~/shared/mentions";

/** A stretch of a message: plain text, or a mention of somebody as `@username`. */
export interface MentionSegment {
  readonly text: string;
  readonly isMention: boolean;
}

/** Cuts a text where its mentions begin and end. Joined again, the segments are the text. */
export const mentionsIn = (text: string): MentionSegment[] => {
  const segments: MentionSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(mentionPattern)) {
    if (match.index > end) segments.push({ text: text.slice(end, match.index), isMention: false });
    segments.push({ text: match[0], isMention: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) segments.push({ text: text.slice(end), isMention: false });
  return segments;
};
