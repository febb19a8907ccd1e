/** A label that wants to stand beside a point, in pixels. */
export type Label = Readonly<{ text: string; left: number; top: number }>;

/** The place of a label: where its base line begins, in pixels. */
export type PlacedLabel = Readonly<{ x: number; y: number }>;

/** A rectangle in pixels. */
export type Box = Readonly<{ left: number; right: number; top: number; bottom: number }>;

/** Letters of twelve pixels are no wider than this on average, and their lines no higher. */
const LETTER_WIDTH = 7.5;
const LINE_HEIGHT = 15;
/** Pixels between a point and its label, and from the centre of a point to its edge. */
const GAP = 10;
const RADIUS = 6;
/** So many lines above and below a point are tried. */
const LINES = 10;

/**
 * Places each label beside its point where it covers neither a label that was placed before nor a point: right of it, else
 * left, else line by line above and below. A label that finds no such place stands right of its point.
 */
export const placeLabels = (labels: readonly Label[], room: Box): readonly PlacedLabel[] => {
  const taken: Box[] = labels.map(({ left, top }) => ({
    left: left - RADIUS,
    right: left + RADIUS,
    top: top - RADIUS,
    bottom: top + RADIUS,
  }));
  return labels.map((label) => {
    const boxes = boxesOf(label, room);
    const box = boxes.find((each) => !taken.some((other) => overlap(each, other))) ?? boxes[0];
    if (box === undefined) return { x: label.left + GAP, y: label.top };
    taken.push(box);
    return { x: box.left, y: box.bottom - 4 };
  });
};

/** The boxes in the room that a label may have, the best first. */
const boxesOf = ({ text, left, top }: Label, room: Box): readonly Box[] => {
  const width = text.length * LETTER_WIDTH;
  const rows = Array.from({ length: LINES }, (_, row) => (row + 1) * LINE_HEIGHT);
  return [0, ...rows.flatMap((row) => [-row, row])]
    .flatMap((shift) =>
      [left + GAP, left - GAP - width].map((x) => ({
        left: x,
        right: x + width,
        top: top + shift - LINE_HEIGHT / 2,
        bottom: top + shift + LINE_HEIGHT / 2,
      })),
    )
    .filter((box) => box.left >= room.left && box.right <= room.right)
    .filter((box) => box.top >= room.top && box.bottom <= room.bottom);
};

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom;
