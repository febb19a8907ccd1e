import { escapeHtml } from '#channels/escape-html.ts';
import type { Axis } from './axis.ts';
import type { Mark } from './report-data.ts';

/** Every decision as a shape that can be pointed at; the page shows its trace beside it. */
export const markShapes = (marks: readonly Mark[], x: Axis, y: Axis): string =>
  [...marks]
    // What changed something lies above what held; arrow keys go by time all the same.
    .sort((a, b) => Number(a.kind !== 'held') - Number(b.kind !== 'held'))
    .map((mark) => {
      const left = round(x.of(mark.at));
      const top = round(y.of(mark.capacity ?? 0));
      return `<path class="mark ${classOf(mark)}" role="button" tabindex="${mark === marks[0] ? 0 : -1}" aria-label="${escapeHtml(mark.summary)}" data-kind="${classOf(mark)}" data-mark="${escapeHtml(mark.id)}" transform="translate(${left} ${top})" d="${shapeOf(mark)}" />`;
    })
    .join('\n');

/** The class that gives a mark its shape and colour. */
export const classOf = ({ kind, reason }: Mark): string => {
  if (kind !== 'scaled') return kind;
  return reason === 'ScaledOut' || reason === 'BelowMinimum' ? 'out' : 'in';
};

const SHAPES: Readonly<Record<string, string>> = {
  out: 'M0 -9L7 4H-7Z',
  in: 'M0 9L7 -4H-7Z',
  replaced: 'M0 -8L8 0L0 8L-8 0Z',
};
const CIRCLE = 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z';

const shapeOf = (mark: Mark): string => SHAPES[classOf(mark)] ?? CIRCLE;

const round = (value: number): number => Math.round(value * 10) / 10;
