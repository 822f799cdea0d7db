import type { EmojiData } from "frimousse";
import type { Locale } from "~/i18n/locale";
import { foldForSearch } from "~/shared/fold-for-search";
import { type SkinTone, skinTones } from "./skin-tone";

/** What systems of the last years can draw. */
const newestVersion = 15;

const load = async (locale: Locale) => {
  const [data, messages] =
    locale === "es"
      ? await Promise.all([import("emojibase-data/es/data.json"), import("emojibase-data/es/messages.json")])
      : await Promise.all([import("emojibase-data/en/data.json"), import("emojibase-data/en/messages.json")]);
  return { emojis: data.default, groups: messages.default.groups };
};

/** Parts of emoji, such as hair and skin tones, that are no emoji by themselves. */
const componentGroup = 2;

/** Asks for a picture where a character is text by default; the data has it on all others too. */
const variationSelector = "\uFE0F";

/** As Unicode recommends it, and so as our server and everybody's keyboards have it. */
const recommended = (emoji: string, isTextByDefault: boolean): string =>
  !isTextByDefault && [...emoji].length === 2 ? emoji.replace(variationSelector, "") : emoji;

interface Skin {
  emoji: string;
  /** From 1, the lightest; several where two people stand in it. */
  tone?: number | number[];
  version: number;
}

type Skins = Record<Exclude<SkinTone, "none">, string>;

/** An emoji in each tone, if it comes in tones. */
const toSkins = (skins: readonly Skin[] = []): { skins?: Skins } => {
  const drawn = skins.filter(({ tone, version }) => typeof tone === "number" && version <= newestVersion);
  if (drawn.length === 0) return {};
  const byTone = drawn.map(({ tone, emoji }) => [skinTones[Number(tone)], emoji]);
  return { skins: Object.fromEntries(byTone) as Skins };
};

/** All emoji with their names in this language, for the picker; found without accents too. */
export const loadEmojiData = async (locale: string): Promise<EmojiData> => {
  const { emojis, groups } = await load(locale === "es" ? "es" : "en");
  return {
    locale,
    categories: groups
      .filter(({ order }) => order !== componentGroup)
      .map(({ order, message }) => ({ index: order, label: message })),
    emojis: emojis.flatMap(({ emoji, type, group, label, tags = [], version, skins }) =>
      group === undefined || group === componentGroup || version > newestVersion
        ? []
        : {
            emoji: recommended(emoji, type === 0),
            category: group,
            label,
            version,
            tags: [...tags, ...[label, ...tags].map(foldForSearch)],
            ...toSkins(skins),
          },
    ),
    skinTones: { light: "", "medium-light": "", medium: "", "medium-dark": "", dark: "" },
  };
};
