/** A width and height, or a place, in pixels. A place is told from the middle of the stage. */
interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a picture lies on its stage: how many times as large as it fits, and where its middle is. */
export interface View extends Point {
  readonly scale: number;
}

/** What the view depends on: where it is shown, how large it is there to begin with, and how large it really is. */
export interface Scene {
  readonly stage: Size;
  readonly fitting: Size;
  /** The picture's own pixels. */
  readonly width: number;
}

export const fitted: View = { scale: 1, x: 0, y: 0 };

/** Twice its own pixels shows the finest there is; a small picture can be drawn large all the same. */
export const largestScale = ({ fitting, width }: Scene): number =>
  Math.max(4, (2 * width) / Math.max(1, fitting.width));

/** What a press goes to: the picture's own size where that is larger than what fits, or else closer. */
export const closerScale = ({ fitting, width }: Scene): number =>
  Math.max(2, Math.min(6, width / Math.max(1, fitting.width)));

const within = (value: number, most: number): number => Math.min(Math.max(value, -most), most);

/** The view with the picture's edges where they belong: never within the stage's while it is larger than that. */
const keepOnStage = ({ scale, x, y }: View, { stage, fitting }: Scene): View => ({
  scale,
  x: within(x, Math.max(0, (fitting.width * scale - stage.width) / 2)),
  y: within(y, Math.max(0, (fitting.height * scale - stage.height) / 2)),
});

/** Larger or smaller, by this factor, around a point that stays where it is. */
export const zoomAround = (view: View, factor: number, point: Point, scene: Scene): View => {
  const scale = Math.min(Math.max(view.scale * factor, 1), largestScale(scene));
  const grown = scale / view.scale;
  const x = point.x - (point.x - view.x) * grown;
  const y = point.y - (point.y - view.y) * grown;
  return keepOnStage({ scale, x, y }, scene);
};

export const moveBy = (view: View, by: Point, scene: Scene): View =>
  keepOnStage({ ...view, x: view.x + by.x, y: view.y + by.y }, scene);
