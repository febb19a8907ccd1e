import type { Value } from '../template.ts';
import type { Widget } from './widget.ts';

/** The grid of a dashboard is so many cells wide. */
const GRID = 24;

/** Gives each widget its place: from left to right, and in a new row when the one before is full. */
export const placed = (widgets: readonly Widget[]): readonly Value[] => {
  let [x, y, rowHeight] = [0, 0, 0];
  return widgets.map(({ type, width, height, properties }) => {
    if (x + width > GRID) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const place = { x, y, width, height };
    [x, rowHeight] = [x + width, Math.max(rowHeight, height)];
    return { type, x: place.x, y: place.y, width, height, properties };
  });
};
