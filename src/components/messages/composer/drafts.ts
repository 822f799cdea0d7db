import { useCallback, useSyncExternalStore } from "react";

/** What is being written to a room: an ordinary message, an answer to one, or a correction of one, by its seq. */
export type Aim =
  | { readonly type: "message" }
  | { readonly type: "reply"; readonly seq: number }
  /** A correction has a text of its own, beside the message that one had begun; `from` is what the message said then. */
  | { readonly type: "edit"; readonly seq: number; readonly text: string; readonly from: string };

/** What was written in a room and not sent. */
export interface Draft {
  readonly text: string;
  readonly aim: Aim;
}

const plain: Aim = { type: "message" };
const empty: Draft = { text: "", aim: plain };

/** Drafts are the browser's own: they survive a reload, and leave with {@link forgetDrafts}. */
const prefix = "charla:draft:";
/** Where the browser keeps nothing for us (private windows, full disks), drafts last as long as the page. */
const drafts = new Map<string, Draft>();
/** By room, how many messages were sent from it that nobody has kept yet: until then their words stay stored here. */
const untilKept = new Map<string, number>();
const listeners = new Set<() => void>();

const notify = (): void => {
  for (const listener of [...listeners]) listener();
};

const isSeq = (seq: unknown): seq is number => Number.isInteger(seq) && Number(seq) > 0;

const toAim = (stored: Partial<Record<string, unknown>>): Aim => {
  const { type, seq, text, from } = stored;
  if (type === "reply" && isSeq(seq)) return { type, seq };
  if (type !== "edit" || !isSeq(seq) || typeof text !== "string") return plain;
  return { type, seq, text, from: typeof from === "string" ? from : "" };
};

/** Whatever is stored, which other code may have written, as a draft. */
const parse = (stored: string | null): Draft => {
  if (!stored) return empty;
  try {
    const { text, aim } = JSON.parse(stored) ?? {};
    if (typeof text === "string") return { text, aim: toAim(aim ?? {}) };
  } catch {
    // It was a text alone.
  }
  return { text: stored, aim: plain };
};

const onStorage = ({ key, newValue }: StorageEvent): void => {
  if (!key?.startsWith(prefix)) return;
  drafts.set(key.slice(prefix.length), parse(newValue));
  notify();
};

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) window.addEventListener("storage", onStorage);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", onStorage);
  };
};

const readStored = (roomId: string): Draft => {
  try {
    return parse(localStorage.getItem(prefix + roomId));
  } catch {
    return empty;
  }
};

/** What was written in a room and not sent. */
export const draftOf = (roomId: string): Draft => {
  const draft = drafts.get(roomId) ?? readStored(roomId);
  drafts.set(roomId, draft);
  return draft;
};

const store = (roomId: string): void => {
  if (untilKept.has(roomId)) return;
  const draft = draftOf(roomId);
  try {
    if (draft.text || draft.aim.type !== "message")
      localStorage.setItem(prefix + roomId, JSON.stringify(draft));
    else localStorage.removeItem(prefix + roomId);
  } catch {
    // Kept in memory, see above.
  }
};

/** Changes some of a room's draft. */
export const changeDraft = (roomId: string, change: Partial<Draft>): void => {
  drafts.set(roomId, { ...draftOf(roomId), ...change });
  store(roomId);
  notify();
};

/**
 * Empties a room's draft, which was sent. What is stored of it stays until `kept` resolves, so that the words are always
 * somewhere: a page that ends in between finds them here again.
 */
export const sendDraft = async (roomId: string, kept: Promise<unknown>): Promise<void> => {
  untilKept.set(roomId, (untilKept.get(roomId) ?? 0) + 1);
  changeDraft(roomId, empty);
  await kept;
  const others = (untilKept.get(roomId) ?? 1) - 1;
  if (others > 0) untilKept.set(roomId, others);
  else untilKept.delete(roomId);
  store(roomId);
};

/** What was written in a room and not sent. Empty on the server. */
export const useDraft = (roomId: string): Draft =>
  useSyncExternalStore(
    subscribe,
    useCallback(() => draftOf(roomId), [roomId]),
    () => empty,
  );

/** Drops every draft, as on signing out: the next person at this browser must not find them. */
export const forgetDrafts = (): void => {
  drafts.clear();
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // There is nothing stored, then.
  }
  notify();
};
