import type { RootContent } from "hast";
import { common, createLowlight } from "lowlight";

const lowlight = createLowlight(common);

/** The words of a code with what they are; null in a language that is not known here. */
export const highlight = (code: string, language: string): readonly RootContent[] | null =>
  lowlight.registered(language) ? lowlight.highlight(language, code).children : null;
