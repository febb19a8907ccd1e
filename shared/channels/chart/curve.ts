import { blend, type Canvas, type Colour, type Position } from './canvas.ts';

/** A smooth line through places from left to right, with round ends; through one place it is a dot. */
export const curve = (canvas: Canvas, places: readonly Position[], colour: Colour): void => {
  const covers = new Map<number, number>();
  const radius = places.length === 1 ? DOT_RADIUS : LINE_WIDTH / 2;
  for (const [index, to] of places.entries()) {
    cover(covers, canvas.width, { from: places[index - 1] ?? to, to, radius });
  }

  for (const [pixel, share] of covers) {
    const y = Math.floor(pixel / canvas.width);
    blend(canvas, { x: pixel - y * canvas.width, y }, [colour, Math.ceil(share * SHADES) / SHADES]);
  }
};

/** Edges are smooth in so few shades that the file stays small. */
const SHADES = 8;
const LINE_WIDTH = 2;
const DOT_RADIUS = 3.5;

type Segment = Readonly<{ from: Position; to: Position; radius: number }>;

/**
 * Notes how much of each pixel a stretch covers. Where two meet the larger share counts, so that no
 * joint is darker than the line.
 */
const cover = (covers: Map<number, number>, width: number, stretch: Segment): void => {
  const { from, to, radius } = stretch;
  const reach = radius + 1;
  const bottom = Math.ceil(Math.max(from.y, to.y) + reach);
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(from.x, to.x) + reach));

  for (let y = Math.floor(Math.min(from.y, to.y) - reach); y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const share = radius + 0.5 - distance({ x: x + 0.5, y: y + 0.5 }, stretch);
      const pixel = y * width + x;
      if (share > (covers.get(pixel) ?? 0)) covers.set(pixel, Math.min(1, share));
    }
  }
};

const distance = (place: Position, { from, to }: Segment): number => {
  const across = to.x - from.x;
  const down = to.y - from.y;
  const square = across ** 2 + down ** 2;
  const along = (place.x - from.x) * across + (place.y - from.y) * down;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, along / square));

  return Math.hypot(place.x - from.x - share * across, place.y - from.y - share * down);
};

/** Tints what lies between the line through places and a height, lightly. */
export const tintArea = (
  canvas: Canvas,
  { places, base }: Readonly<{ places: readonly Position[]; base: number }>,
  colour: Colour,
): void => {
  for (const [index, to] of places.entries()) {
    const from = places[index - 1] ?? to;
    for (let x = Math.ceil(from.x - 0.5); x + 0.5 < to.x; x += 1) {
      const share = (x + 0.5 - from.x) / (to.x - from.x);
      const y = from.y + share * (to.y - from.y);
      tintColumn(canvas, { x, top: Math.min(y, base), bottom: Math.max(y, base) }, colour);
    }
  }
};

type Column = Readonly<{ x: number; top: number; bottom: number }>;

const tintColumn = (canvas: Canvas, { x, top, bottom }: Column, colour: Colour): void => {
  for (let y = Math.floor(top); y < bottom; y += 1) {
    const height = Math.min(y + 1, bottom) - Math.max(y, top);
    blend(canvas, { x, y }, [colour, (TINT * Math.ceil(height * 4)) / 4]);
  }
};

const TINT = 0.14;
