import { isPicture, type ShownFile, type ShownPicture } from "./shown-file";

/** In pixels. */
export const pictureWidth = 320;
const tallest = 340;
const smallest = 96;
/** With words under it, so that these are no column of syllables. */
const narrowestCaptioned = 240;
const gap = 4;
const fileHeight = 48;
const audioHeight = 48;

/**
 * How much room a picture alone gets: its own shape, within bounds; what sticks out of them is cut off. One that is narrower
 * than words under it need stands in the middle of their width. In pixels.
 */
export const frameOf = (
  { width, height }: ShownPicture,
  { captioned = false } = {},
): { width: number; height: number } => {
  const scale = Math.min(1, pictureWidth / width, tallest / height);
  return {
    width: Math.max(captioned ? narrowestCaptioned : smallest, Math.round(width * scale)),
    height: Math.max(smallest, Math.round(height * scale)),
  };
};

/** Several pictures are squares, in lines of two and then lines of three that leave no hole. */
export const linesOf = (count: number): { ofTwo: number; ofThree: number } => {
  const lines = Math.ceil(count / 3);
  const ofTwo = lines * 3 - count;
  return { ofTwo, ofThree: lines - ofTwo };
};

const isSeen = (file: ShownFile): boolean => isPicture(file) || file.kind === "video";

/** How wide the words under these files are at most, in pixels; null where there is no picture that they are not to outgrow. */
export const captionWidthOf = (files: readonly ShownFile[]): number | null => {
  const [first] = files;
  if (first && isPicture(first) && files.length === 1) return frameOf(first, { captioned: true }).width;
  return files.some(isSeen) ? pictureWidth : null;
};

/** How high the files of a message are on screen, in pixels, where they have `available` of width. */
export const heightOfFiles = (files: readonly ShownFile[], available: number): number => {
  const pictures = files.filter(isPicture);
  const width = Math.min(pictureWidth, available);
  const blocks = files
    .filter((file) => !isPicture(file))
    .map(({ kind }) => (kind === "video" ? (width * 9) / 16 : kind === "audio" ? audioHeight : fileHeight));
  const [first, second] = pictures;
  if (first && !second) {
    const frame = frameOf(first);
    blocks.push(frame.height * Math.min(1, available / frame.width));
  } else if (first) {
    const { ofTwo, ofThree } = linesOf(pictures.length);
    const squares = (ofTwo * (width - gap)) / 2 + (ofThree * (width - 2 * gap)) / 3;
    blocks.push(squares + gap * (ofTwo + ofThree - 1));
  }
  return blocks.reduce((sum, height) => sum + height, 0) + Math.max(0, blocks.length - 1) * gap;
};
