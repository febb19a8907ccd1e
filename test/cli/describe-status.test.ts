import { expect, test } from '@jest/globals';
import { describeStatus, type StatusPaint } from '#cli/status/describe-status.ts';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { groupStatusOf } from '#domain/status/group-status.ts';
import { NOON } from '#test/support/builders.ts';
import { observe, pool } from '#test/support/pools.ts';

const asItIs = (text: string): string => text;
const PLAIN: StatusPaint = {
  bold: asItIs,
  green: asItIs,
  yellow: asItIs,
  red: asItIs,
  dim: asItIs,
};

const poolLine = (limit: number | undefined): string | undefined => {
  const observation = observe({ capacity: 7, pool: pool(limit, 2, 1) });
  const capacity = { observation, decision: decideCapacity(observation) };
  const groups = [groupStatusOf({ capacity, values: {}, recent: [] })];
  const text = describeStatus({ groups, channels: [], alarms: [] }, NOON, PLAIN);
  return text.split('\n').find((line) => line.startsWith('  warm pool'));
};

test.each([
  { limit: 9, line: '  warm pool   2 ready, 1 on their way; limit 9, running ones included' },
  { limit: undefined, line: '  warm pool   2 ready, 1 on their way; no limit' },
])('status tells of the warm pool: $line', ({ limit, line }) => {
  expect(poolLine(limit)).toBe(line);
});
