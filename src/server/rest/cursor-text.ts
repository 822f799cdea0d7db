const separator = "_";

/** Where a page ended, as text that fits a URL. Time alone would lose ties. */
export const cursorText = (at: Date, id: string): string => [at.toISOString(), id].join(separator);

/** What {@link cursorText} made; of other text, an invalid date or id, for a schema to refuse. */
export const readCursorText = (text: string): { at: Date; id: string } => {
  const [at = "", id = ""] = text.split(separator);
  return { at: new Date(at), id };
};
