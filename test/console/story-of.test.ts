import { expect, test } from '@jest/globals';
import { storyOf } from '#console/source/story-of.ts';
import { tellDecision } from '#console/source/tell-decision.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { outcomeKindOf } from '#domain/ledger/outcome-of.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import { keyOfNews } from '#domain/notify/news.ts';
import {
  aGroup,
  aGroupState,
  anAlarmRule,
  CPU_HIGH,
  minutes,
  NOON,
  someInstances,
} from '#test/support/builders.ts';
import { aScaleWorld, turn } from '#test/support/scale-world.ts';

const BUSY = anAlarmRule('busy');
const GROUP = aGroup({ rules: [CPU_HIGH, BUSY] });
const CONFIGURATION: Configuration = {
  groups: [GROUP],
  channels: [{ name: 'ops', kind: 'slack', webhook: { parameter: '/slack' } }],
  routes: [{ on: ['at-max', 'blocked'], to: ['ops'] }],
} as never;

/** Tells the decisions that a world recorded, the oldest first; a channel knows the ends of these. */
const toldOf = async (
  { ledger }: ReturnType<typeof aScaleWorld>['world'],
  ends: readonly string[] = [],
) => {
  const entries = ledger.entries.flatMap((entry) => (entry.kind === 'open' ? [entry] : []));
  const stories = entries.map(({ decision, observation, goesOn }) => {
    const reads = {
      readRecordOf: async () => JSON.stringify({ schemaVersion: 1, decision, observation }),
      readStatusesByChannel: async (key: string) =>
        new Map(ends.includes(key) ? [['ops', { kind: 'sent' } as never]] : []),
    };
    const { id, group, at, reason, summary } = decision;
    const outcomeKind = outcomeKindOf(decision);
    const held = { id, group, at, reason, summary, outcomeKind, status: 'held' as const };
    const recorded: RecordedDecision = goesOn ? { ...held, goesOn } : held;
    return storyOf(reads, CONFIGURATION, recorded);
  });
  const told = await Promise.all(stories);
  return told.map((story) => tellDecision(story).parts.find(({ word }) => word === 'told')?.texts);
};

test('trouble that goes on is said to have been told before', async () => {
  const { world, scale } = aScaleWorld([GROUP]);
  world.change('web-prod', { capacityDesired: 10, instances: someInstances(10) });
  await scale(turn(world, CPU_HIGH));
  world.now = NOON + minutes(1);
  await scale(turn(world, BUSY));
  const [first = ''] = world.published.map((outcome) => keyOfNews(outcome));

  expect(await toldOf(world, [first])).toEqual([
    ['ops: sent'],
    ['ops: not told again: this trouble was told before, and goes on'],
  ]);
});

test('a hold that keeps a group above its maximum goes where trouble goes', async () => {
  const { world, scale } = aScaleWorld([GROUP]);
  const instances = someInstances(12).map((each) => ({ ...each, isProtected: true }));
  world.change('web-prod', aGroupState({ capacityDesired: 12, capacityMax: 20, instances }));
  await scale(turn(world, CPU_HIGH, 'OK'));

  expect(world.published.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
    'blocked InstancesProtected',
  ]);
  expect(await toldOf(world)).toEqual([['ops: waits for its turn, or was not passed on']]);
});
