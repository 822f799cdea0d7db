import { KeptValue } from "~/components/ui/kept-value";

const modifiers = {
  none: "",
  light: "🏻",
  "medium-light": "🏼",
  medium: "🏽",
  "medium-dark": "🏾",
  dark: "🏿",
} as const;

export type SkinTone = keyof typeof modifiers;
export const skinTones = Object.keys(modifiers) as readonly SkinTone[];

const isSkinTone = (value: unknown): value is SkinTone => skinTones.some((tone) => tone === value);

/** The tone of hands and people, chosen once for this browser. */
export const keptSkinTone = new KeptValue<SkinTone>("charla:skin-tone", "none", (stored) =>
  isSkinTone(stored) ? stored : "none",
);

/** An emoji of one character in this tone, if it comes in tones. */
export const toned = (emoji: string, tone: SkinTone): string =>
  /^\p{Emoji_Modifier_Base}$/u.test(emoji) ? emoji + modifiers[tone] : emoji;
