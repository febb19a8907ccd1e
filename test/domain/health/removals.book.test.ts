import { expect, test } from '@jest/globals';
import { decideRemovals } from '#domain/health/decide-removals.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import { newHealHead } from '#domain/ledger/head.ts';
import { bookOf, readBook } from '#test/support/book.ts';
import {
  aGroupState,
  aHealedGroup,
  aHealthObservation,
  anInstance,
  anOverride,
  aTarget,
  NOON,
  seconds,
} from '#test/support/builders.ts';

const ILL = { 'i-3': 200 };
const ten = aGroupState({ capacityDesired: 10 });
const state = (change: Partial<typeof ten>) => ({ state: { ...ten, ...change } });

const CASES: Readonly<Record<string, HealthObservation>> = {
  'all are healthy': aHealthObservation(),
  'one fails': aHealthObservation(ILL),
  'two fail, the longest-failing goes first': aHealthObservation({ 'i-3': 200, 'i-2': 300 }),
  'one was just seen': aHealthObservation({ 'i-3': 0 }, { head: newHealHead }),
  'one has failed for a minute': aHealthObservation({ 'i-3': 60 }),
  'one is starting': aHealthObservation(
    ILL,
    state({
      instances: ten.instances.map((each) =>
        each.id === 'i-3' ? { ...each, lifecycleState: 'Pending:Wait' } : each,
      ),
    }),
  ),
  'an address of no group fails': aHealthObservation(
    {},
    {
      targets: [
        ...ten.instances.map(({ id }) => aTarget({ id })),
        aTarget({ id: '10.0.0.9', state: 'unhealthy', reason: 'Target.Timeout' }),
      ],
      head: {
        ...newHealHead,
        sightings: { [`${aTarget().targetGroupArn} 10.0.0.9:80`]: NOON - seconds(130) },
      },
    },
  ),
  'people are only told': aHealthObservation(ILL, { group: aHealedGroup({ action: 'notify' }) }),
  'it only leaves': aHealthObservation(ILL, { group: aHealedGroup({ action: 'deregister' }) }),
  'the group is gone': (({ state: _state, ...rest }) => rest)(aHealthObservation(ILL)),
  'the group is being deleted': aHealthObservation(ILL, state({ isBeingDeleted: true })),
  'the group is not ours': aHealthObservation(ILL, state({ isManaged: false })),
  'the group is paused': aHealthObservation(ILL, { override: anOverride() }),
  'alarm notification is suspended': aHealthObservation(
    ILL,
    state({ suspendedProcesses: ['AlarmNotification'] }),
  ),
  'launches are suspended': aHealthObservation(ILL, state({ suspendedProcesses: ['Launch'] })),
  'a refresh is under way': aHealthObservation(ILL, {
    obstacles: [{ reason: 'InstanceRefreshActive', detail: 'a refresh' }],
  }),
  'too many fail': aHealthObservation({ 'i-1': 200, 'i-2': 200, 'i-3': 200, 'i-4': 200 }),
  'too few are healthy': aHealthObservation(ILL, {
    group: aHealedGroup({ floorPercent: 100, ceilingPercent: 100 }),
  }),
  'one was removed a moment ago': aHealthObservation(ILL, {
    head: { ...aHealthObservation(ILL).head, removals: [NOON - seconds(30)] },
  }),
  'one is being replaced': aHealthObservation(
    ILL,
    state({ instances: [...ten.instances, anInstance({ id: 'i-11', isHealthy: false })] }),
  ),
  'the group is short': aHealthObservation(ILL, state({ capacityDesired: 11 })),
};

test('what becomes of targets is what the book says', () => {
  const chapters = Object.entries(CASES).map(([title, observation]) => {
    const { summary, reason, trace, removals } = decideRemovals(observation);
    return {
      title,
      lines: [
        `${reason}: ${summary}`,
        ...trace.map(({ stage, verdict, detail }) => `${stage} ${verdict} - ${detail}`),
        ...removals.map(
          ({ targetId, port, instanceId = 'nobody', cause }) =>
            `out: ${targetId}:${port}, replaced: ${instanceId}, ${cause}`,
        ),
      ],
    };
  });

  expect(bookOf(chapters)).toBe(readBook('removals'));
});
