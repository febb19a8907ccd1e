/** Red, green and blue in two hexadecimal digits each, as in `0x2563eb`. */
export type Colour = number;

/** A picture in memory: the colour of each pixel, row by row from the top. Drawing changes it. */
export type Canvas = Readonly<{ width: number; height: number; pixels: Uint32Array }>;

/** In pixels from the top left corner; whole numbers are borders between pixels. */
export type Position = Readonly<{ x: number; y: number }>;
export type Box = Position & Readonly<{ width: number; height: number }>;

/** All white. */
export const blankCanvas = (width: number, height: number): Canvas => ({
  width,
  height,
  pixels: new Uint32Array(width * height).fill(0xffffff),
});

/** A colour, and how much of a pixel it covers: 0 leaves the pixel as it is, 1 replaces it. */
export type Ink = readonly [colour: Colour, cover: number];

/** Paints one pixel; outside the picture there is none. */
export const blend = (canvas: Canvas, { x, y }: Position, paint: Ink): void => {
  const { width, height, pixels } = canvas;
  if (x < 0 || y < 0 || x >= width || y >= height) return;

  const pixel = y * width + x;
  pixels[pixel] = mixed(pixels[pixel] ?? 0, paint);
};

const mixed = (present: Colour, [wanted, cover]: Ink): Colour => {
  const part = (shift: number): number => {
    const [from, to] = [(present >> shift) & 255, (wanted >> shift) & 255];
    return Math.round(from + (to - from) * cover) << shift;
  };
  return part(16) | part(8) | part(0);
};

/** Fills a box whose borders are whole numbers. */
export const fillBox = (canvas: Canvas, box: Box, colour: Colour): void => {
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) blend(canvas, { x, y }, [colour, 1]);
  }
};

/** A horizontal line of dashes, crisp and two pixels high. */
export const dashedLine = (
  canvas: Canvas,
  { x, y, width }: Omit<Box, 'height'>,
  colour: Colour,
): void => {
  for (let left = 0; left < width; left += DASH.every) {
    const length = Math.min(DASH.length, width - left);
    fillBox(canvas, { x: x + left, y: y - 1, width: length, height: 2 }, colour);
  }
};

const DASH = { length: 7, every: 11 } as const;

/** A small triangle that points down at a place. */
export const pointer = (canvas: Canvas, { x, y }: Position, colour: Colour): void => {
  for (let row = 1; row <= POINTER_HEIGHT; row += 1) {
    fillBox(canvas, { x: x - row, y: y - row, width: 2 * row, height: 1 }, colour);
  }
};

/** In pixels; it is twice as wide. */
export const POINTER_HEIGHT = 6;
