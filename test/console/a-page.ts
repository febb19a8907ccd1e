import type { Chart, GroupData, Mark, PageData } from '#console/page/data.ts';
import { minutes, NOON } from '#test/support/builders.ts';

/** A decision that added two. */
export const aMark = (change: Partial<Mark> = {}): Mark => ({
  at: NOON,
  id: 'web-1',
  kind: 'scaled',
  summary: 'web 4 → 6: cpu-high: cpu > 60',
  reason: 'ScaledOut',
  change: { from: 4, to: 6 },
  ...change,
});

/** A decision that did nothing. */
export const aHold = (change: Partial<Mark> = {}): Mark => {
  const { change: _none, ...mark } = aMark({
    id: 'web-2',
    kind: 'held',
    summary: 'web stays at 6: the cooldown is 3 min',
    reason: 'CoolingDown',
  });
  return { ...mark, ...change };
};

/** The capacity of four minutes, wanted and serving. */
export const aChart = (change: Partial<Chart> = {}): Chart => ({
  title: 'Capacity',
  unit: 'units',
  kind: 'marks',
  lines: [
    { name: 'wanted', style: 'step', values: [4, 6, 6, 8] },
    { name: 'serving', style: 'step', values: [4, 4, 6, null] },
  ],
  thresholds: [],
  ...change,
});

/** A group with four minutes of its time. */
export const aGroup = (change: Partial<GroupData> = {}): GroupData => ({
  name: 'web',
  autoScalingGroup: 'web-prod',
  times: [0, 1, 2, 3].map((minute) => NOON + minutes(minute)),
  charts: [aChart()],
  marks: [aMark()],
  ...change,
});

/** A page without anything that can be done. */
export const aPage = (change: Partial<PageData> = {}): PageData => ({
  title: 'A day',
  subtitle: 'seed 1',
  now: NOON,
  notices: [],
  groups: [aGroup()],
  events: [],
  figures: [{ name: 'Requests', value: '1,000' }],
  ...change,
});
