/** A closed range of seqs: both ends belong to it. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/** Ascending, and never overlapping or touching: 1–3 and 4–6 are one range, 1–6. */
export type SeqRanges = readonly SeqRange[];

/** The ranges with one more; the same array when it was covered already. One that is empty (`from > to`) adds nothing. */
export const addRange = (ranges: SeqRanges, added: SeqRange): SeqRanges => {
  if (added.from > added.to || ranges.some(({ from, to }) => from <= added.from && added.to <= to))
    return ranges;
  const before = ranges.filter(({ to }) => to < added.from - 1);
  const after = ranges.filter(({ from }) => from > added.to + 1);
  const joined = ranges.slice(before.length, ranges.length - after.length);
  const from = Math.min(added.from, ...joined.map((range) => range.from));
  const to = Math.max(added.to, ...joined.map((range) => range.to));
  return [...before, { from, to }, ...after];
};

/** The range that `seq` lies in, if any does. */
export const rangeAt = (ranges: SeqRanges, seq: number): SeqRange | undefined =>
  ranges.find(({ from, to }) => from <= seq && seq <= to);
