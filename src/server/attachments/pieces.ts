/** Bytes of an upload, from `start` up to and without `end`: what one request brought, or a part of it. */
export interface Piece {
  start: number;
  end: number;
}

/**
 * Of pieces that may overlap, those that together reach furthest without a hole, in their order: the bytes that are here
 * begin at 0 and end where the last of them does.
 */
export const coverFromStart = (pieces: Piece[]): Piece[] => {
  const rest = [...pieces].sort((a, b) => a.start - b.start);
  const cover: Piece[] = [];
  let reached = 0;
  for (;;) {
    let next: Piece | undefined;
    while (rest[0] && rest[0].start <= reached) {
      const piece = rest.shift();
      if (piece && piece.end > Math.max(reached, next?.end ?? 0)) next = piece;
    }
    if (!next) return cover;
    cover.push(next);
    reached = next.end;
  }
};
