import type { GroupData, Mark } from './data.ts';
import type { TimeWindow } from './time-window.ts';

type Past = Pick<GroupData, 'override' | 'marks' | 'times'>;

/**
 * The times in which a person had the group in hand: each from the decision that told of it to the one that told of its
 * end, or of the next override. One whose begin lies before the time line begins with it. The newest override is known to
 * the second, and may go on.
 */
export const overrideBands = ({ override, marks, times }: Past): readonly TimeWindow[] => {
  const told = marks.filter(({ reason }) => reason === SET || reason === ENDED);
  const newest =
    override === undefined
      ? []
      : [{ from: override.since, to: override.ended?.at ?? override.until }];
  const before = override === undefined ? told : told.filter(({ at }) => at < override.since);
  const end = newest[0]?.from ?? times.at(-1) ?? 0;
  return [...pastBands(before, { from: times[0] ?? 0, to: end }), ...newest];
};

const SET = 'OverrideSet';
const ENDED = 'OverrideEnded';

const pastBands = (told: readonly Mark[], { from, to }: TimeWindow): readonly TimeWindow[] => {
  const [first] = told;
  const isBegunBefore = first?.reason === ENDED;
  const begun = told.flatMap((mark, place) =>
    mark.reason === SET ? [{ from: mark.at, to: told[place + 1]?.at ?? to }] : [],
  );
  return isBegunBefore ? [{ from, to: first.at }, ...begun] : begun;
};
