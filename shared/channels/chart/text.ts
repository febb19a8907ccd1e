import { blend, type Canvas, type Colour, type Position } from './canvas.ts';
import { type Bitmap, GLYPH, glyphOf } from './glyphs.ts';

/** The height of capital letters and digits, in pixels. */
export const TEXT_HEIGHT = 12;

const SCALE = TEXT_HEIGHT / GLYPH.above;
const ADVANCE = Math.round((GLYPH.width + 1) * SCALE);
/** Each pixel is looked at in so many places across, and as many down. */
const LOOKS = 4;

/** Measures the width of a text, in pixels. */
export const textWidth = (text: string): number => [...text].length * ADVANCE;

/** Writes a text; the place is the top left corner of its capital letters. */
export const write = (canvas: Canvas, { x, y, text }: Writing, colour: Colour): void => {
  for (const [index, character] of [...text].entries()) {
    const left = x + index * ADVANCE;
    for (const [pixel, share] of shapeOf(character).entries()) {
      const row = Math.floor(pixel / ADVANCE);
      const place = { x: left + pixel - row * ADVANCE, y: y + row };
      if (share > 0) blend(canvas, place, [colour, share]);
    }
  }
};

export type Writing = Position & Readonly<{ text: string }>;

/** The ink in each pixel of a character, row by row. */
const shapeOf = (character: string): readonly number[] => {
  const glyph = glyphOf(character);
  const known = SHAPES.get(glyph);
  if (known !== undefined) return known;

  const ink = doubled(doubled(glyph));
  const shape = Array.from({ length: ADVANCE * ROWS }, (_, pixel) =>
    inkShare(ink, pixel % ADVANCE, Math.floor(pixel / ADVANCE)),
  );
  SHAPES.set(glyph, shape);
  return shape;
};

/** Shapes that were made before, since they are dear: as many as there are glyphs at most. */
const SHAPES = new Map<Bitmap, readonly number[]>();
const ROWS = Math.ceil(GLYPH.height * SCALE);

const inkShare = (ink: Bitmap, column: number, row: number): number => {
  const at = (pixel: number, look: number): number =>
    Math.floor(((pixel + (look + 0.5) / LOOKS) / SCALE) * 4);
  const looks = Array.from({ length: LOOKS }, (_, look) => look);
  const hits = looks.flatMap((down) =>
    looks.filter((across) => ink.has(at(column, across), at(row, down))),
  );
  return hits.length / LOOKS ** 2;
};

/** Twice as large, with slanted edges smooth: https://www.scale2x.it/algorithm */
const doubled = (small: Bitmap): Bitmap => {
  const [width, height] = [small.width * 2, small.height * 2];
  const cells = Array.from({ length: width * height }, (_, cell) =>
    smoothed(small, cell % width, Math.floor(cell / width)),
  );
  const has = (x: number, y: number): boolean => x < width && cells[y * width + x] === true;
  return { width, height, has };
};

/** A quarter of a cell takes the ink of the two cells that it touches, where they are a corner. */
const smoothed = ({ has }: Bitmap, x: number, y: number): boolean => {
  const [column, row] = [Math.floor(x / 2), Math.floor(y / 2)];
  const [right, down] = [x % 2 === 0 ? -1 : 1, y % 2 === 0 ? -1 : 1];
  const beside = has(column + right, row);
  const isCorner =
    beside === has(column, row + down) &&
    beside !== has(column - right, row) &&
    beside !== has(column, row - down);

  return isCorner ? beside : has(column, row);
};
