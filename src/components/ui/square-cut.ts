/** Pixels of a picture as it is. */
export interface Size {
  width: number;
  height: number;
}

/** Which square of a picture is meant: its middle, as shares of the width and the height, and how far one has gone in. */
export interface Aim {
  x: number;
  y: number;
  /** 1: the largest square that there is. */
  zoom: number;
}

export const wholeSquare: Aim = { x: 0.5, y: 0.5, zoom: 1 };
export const furthestZoom = 4;

const between = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most);

const sideOf = ({ width, height }: Size, zoom: number): number => Math.min(width, height) / zoom;

/** The nearest aim whose square lies within the picture. */
export const aimWithin = (size: Size, { x, y, zoom: wanted }: Aim): Aim => {
  const zoom = between(wanted, 1, furthestZoom);
  const half = sideOf(size, zoom) / 2;
  const [marginX, marginY] = [half / size.width, half / size.height];
  return { x: between(x, marginX, 1 - marginX), y: between(y, marginY, 1 - marginY), zoom };
};

/** Moves the picture under the square, by shares of the square's side. */
export const moveBy = (size: Size, aim: Aim, across: number, down: number): Aim => {
  const side = sideOf(size, aim.zoom);
  return aimWithin(size, {
    ...aim,
    x: aim.x - (across * side) / size.width,
    y: aim.y - (down * side) / size.height,
  });
};

/** The square in the picture's own pixels. */
export const squareAt = (size: Size, aim: Aim): { left: number; top: number; side: number } => {
  const side = sideOf(size, aim.zoom);
  return { left: aim.x * size.width - side / 2, top: aim.y * size.height - side / 2, side };
};
