import { describe, expect, test } from '@jest/globals';
import { type Label, placeLabels } from '#simulator/compare/place-labels.ts';

const ROOM = { left: 0, right: 400, top: 0, bottom: 200 };
const at = (left: number, top: number, text = 'ten letter'): Label => ({ text, left, top });

/** The rectangle that a label of ten letters covers from where it begins. */
const boxOf = ({ x, y }: Readonly<{ x: number; y: number }>) => ({
  left: x,
  right: x + 75,
  top: y - 11,
  bottom: y + 4,
});

describe('labels of a picture', () => {
  test('stand right of their points where there is room', () => {
    expect(placeLabels([at(100, 100)], ROOM)).toEqual([{ x: 110, y: 103.5 }]);
  });

  test('stand left of them at the right edge', () => {
    expect(placeLabels([at(390, 100)], ROOM)).toEqual([{ x: 305, y: 103.5 }]);
  });

  test('cover no other label and no point, however near the points are', () => {
    const points = [at(100, 100), at(104, 102), at(98, 99), at(101, 105), at(180, 100)];
    const boxes = placeLabels(points, ROOM).map(boxOf);

    for (const [index, box] of boxes.entries()) {
      const dots = points.map(({ left, top }) => ({ left, right: left, top, bottom: top }));
      const covered = [...boxes.filter((_, other) => other !== index), ...dots].filter(
        (other) =>
          box.left < other.right + 0.01 &&
          other.left < box.right &&
          box.top < other.bottom + 0.01 &&
          other.top < box.bottom,
      );
      expect(covered).toEqual([]);
    }
  });

  test('that are wider than all the room stand right of their points all the same', () => {
    const wide = at(200, 100, 'w'.repeat(100));
    expect(placeLabels([wide], ROOM)).toEqual([{ x: 210, y: 100 }]);
  });
});
