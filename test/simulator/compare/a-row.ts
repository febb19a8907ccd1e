import type { Row } from '#simulator/compare/row.ts';

export const aRow = (change: Partial<Row> = {}): Row => ({
  name: 'tidegate.yml',
  kind: 'rules',
  instanceHours: 100,
  cost: 200,
  violated: 0.001,
  worstHour: 0.02,
  minutesAtMaximum: 3,
  changes: 40,
  reversals: 4,
  overOptimum: 1.25,
  costInterval: [190, 210],
  violatedInterval: [0, 0.002],
  ...change,
});
