import { expect, test } from '@jest/globals';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { describeOutcome } from '#domain/notify/describe-outcome.ts';
import { incidentOf, severityOf } from '#domain/notify/incident.ts';
import { destinationsFor } from '#domain/notify/routing.ts';
import { NOON } from '#test/support/builders.ts';
import { SLACK } from '#test/support/notify-world.ts';

const outcome = (reason: Outcome['reason']): Outcome => ({
  schemaVersion: 1,
  kind: 'membership',
  decisionId: 'web/a-joined',
  group: 'web/a',
  autoScalingGroup: 'a',
  at: NOON,
  reason,
  summary: 'a joined the fleet web: it carries tier=web',
});

test.each([
  ['JoinedFleet', 'web/a joined its fleet'],
  ['LeftFleet', 'web/a left its fleet'],
  ['FleetsContested', 'web/a is selected by several fleets, and belongs to none'],
  ['Steady', 'web/a changed its fleet'],
] as const)('news of %s has the title: %s', (reason, title) => {
  expect(describeOutcome(outcome(reason), {}).title).toBe(title);
});

test('membership is no incident, and worth no more than a note', () => {
  expect(incidentOf(outcome('JoinedFleet')).phase).toBe('noted');
  expect(severityOf(outcome('JoinedFleet'))).toBe('info');
});

test.each([
  [['web'], 1],
  [['web/a'], 1],
  [['api'], 0],
])('a route about %j takes news of a member: %d', (groups, count) => {
  const plan = {
    channels: [SLACK],
    routes: [{ on: ['membership' as const], to: ['ops'], groups }],
  };
  expect(destinationsFor(plan, outcome('JoinedFleet'), NOON)).toHaveLength(count);
});
