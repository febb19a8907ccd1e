import type { Chart, Mark } from '#console/page/data.ts';
import { kindOfMark, MARK_KINDS } from '#console/page/mark-kinds.ts';
import { type PlotFrame, placeMarks } from '#console/page/place-marks.ts';
import { stepMarks, tabStopIn } from '#console/page/step-marks.ts';
import { exactClockOf, type TimeWindow } from '#console/page/time-window.ts';

/** The mark that somebody points at, by pointer or focus, and the one that was opened. */
export type Pointing = Readonly<{
  pointed: string | undefined;
  opened: string | undefined;
  point: (id: string | undefined) => void;
  open: (id: string | undefined) => void;
}>;

type MarksProps = Readonly<{
  marks: readonly Mark[];
  times: readonly number[];
  chart: Chart;
  window: TimeWindow;
  frame: PlotFrame;
  pointing: Pointing;
}>;

/** The decisions as buttons on the capacity: arrow keys lead from one to the next, Enter opens its story. */
export const Marks = ({ marks, times, chart, window, frame, pointing }: MarksProps) => {
  const { pointed, opened, point, open } = pointing;
  const placed = placeMarks(marks, { times, chart, window, frame });
  const shown = placed.map(({ mark }) => mark);
  const stop = tabStopIn(shown, pointed ?? opened);
  const step = (event: KeyboardEvent, id: string): void => {
    if (event.key === 'Escape') open(undefined);
    const next = stepMarks(shown, id, event.key);
    if (next === undefined) return;
    event.preventDefault();
    document.getElementById(idOf(next))?.focus();
  };

  return (
    <fieldset class="marks" aria-label={`${shown.length} decisions`}>
      {placed.map(({ mark, x, y }) => {
        const kind = kindOfMark(mark);
        return (
          <button
            key={mark.id}
            id={idOf(mark)}
            type="button"
            class={`mark ${kind} ${mark.id === opened ? 'opened' : ''}`}
            style={{ left: `${x}px`, top: `${y}px` }}
            tabIndex={mark.id === stop ? 0 : -1}
            aria-label={`${exactClockOf(mark.at)}, ${MARK_KINDS[kind].name}: ${mark.summary}`}
            onPointerEnter={() => point(mark.id)}
            onPointerLeave={() => point(undefined)}
            onFocus={() => point(mark.id)}
            onBlur={(event) => {
              if (hasLeft(event.relatedTarget)) point(undefined);
            }}
            onKeyDown={(event) => step(event, mark.id)}
            onClick={() => open(mark.id)}
          >
            <MarkShape kind={kind} />
          </button>
        );
      })}
    </fieldset>
  );
};

/** Focus that goes to the panels beside the charts leaves the decision there: what is about to be pressed must not move. */
const hasLeft = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('.side') === null;

const idOf = ({ id }: Mark): string => `mark-${id}`;

const SHAPES: Readonly<Record<string, string>> = {
  out: 'M0 -7L6.5 5H-6.5Z',
  in: 'M0 7L6.5 -5H-6.5Z',
  replaced: 'M0 -7L7 0L0 7L-7 0Z',
  'at-max': 'M-5 -5H5V5H-5Z',
  blocked: 'M-6 -3L-3 -6L0 -3L3 -6L6 -3L3 0L6 3L3 6L0 3L-3 6L-6 3L-3 0Z',
  failed: 'M-6 -3L-3 -6L0 -3L3 -6L6 -3L3 0L6 3L3 6L0 3L-3 6L-6 3L-3 0Z',
};
const DOT = 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z';

const MarkShape = ({ kind }: Readonly<{ kind: string }>) => (
  <svg viewBox="-9 -9 18 18" aria-hidden="true">
    <path d={SHAPES[kind] ?? DOT} />
  </svg>
);
