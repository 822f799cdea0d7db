/** Puts a text at the caret, in place of what is from `start` to it, as if it had been typed. */
export const insertText = (
  field: HTMLTextAreaElement,
  text: string,
  start: number = field.selectionStart,
): void => {
  field.setRangeText(text, start, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
};
