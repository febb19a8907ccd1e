import { describe, expect, test } from '@jest/globals';
import { decideRemovals } from '#domain/health/decide-removals.ts';
import { newHealHead } from '#domain/ledger/head.ts';
import {
  aFailingTarget,
  aGroupState,
  aHealedGroup,
  aHealthObservation,
  aTarget,
  NOON,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';
import { withInstance, withState } from '#test/support/health-changes.ts';

describe('a decision on targets', () => {
  test('takes out who failed long enough, and says why', () => {
    expect(decideRemovals(aHealthObservation({ 'i-3': 130 }))).toEqual({
      kind: 'health',
      id: 'web-health-1',
      group: 'web',
      autoScalingGroup: 'web-prod',
      at: NOON,
      reason: 'TargetsReplaced',
      summary:
        'web replaces unhealthy targets: i-3 (Target.FailedHealthChecks) failed its health checks for 2 min 10 s',
      trace: [
        {
          stage: 'sightings',
          verdict: 'recommend',
          reason: 'TargetsReplaced',
          detail: 'i-3 (Target.FailedHealthChecks) failed its health checks for 2 min 10 s',
        },
      ],
      removals: [
        {
          targetGroupArn: TARGET_GROUP_ARN,
          targetId: 'i-3',
          port: 80,
          instanceId: 'i-3',
          cause: 'Target.FailedHealthChecks: Health checks failed',
        },
      ],
    });
  });

  test('only deregisters a target that no group of ours replaces', () => {
    const observation = aHealthObservation({ 'i-3': 300 });
    const instances = (observation.state?.instances ?? []).filter(({ id }) => id !== 'i-3');
    const decision = decideRemovals(
      withState(observation, { instances, capacityDesired: instances.length }),
    );

    expect(decision.reason).toBe('TargetsDeregistered');
    expect(decision.summary).toMatch(/^web deregisters unhealthy targets: i-3/);
    expect(decision.removals).toHaveLength(1);
    expect(decision.removals[0]).not.toHaveProperty('instanceId');
  });

  test('only deregisters when its operators want no more', () => {
    const group = aHealedGroup({ action: 'deregister' });
    const decision = decideRemovals(aHealthObservation({ 'i-3': 300 }, { group }));

    expect(decision.reason).toBe('TargetsDeregistered');
    expect(decision.removals[0]).not.toHaveProperty('instanceId');
  });

  test('only tells when its operators want to look themselves', () => {
    const group = aHealedGroup({ action: 'notify' });
    const decision = decideRemovals(aHealthObservation({ 'i-3': 300 }, { group }));

    expect(decision).toMatchObject({
      reason: 'NotifyOnly',
      removals: [],
      summary: 'web keeps its targets: i-3 (Target.FailedHealthChecks) is unhealthy',
    });
  });

  test('finds nothing to do where nobody fails', () => {
    expect(decideRemovals(aHealthObservation())).toMatchObject({
      reason: 'NoUnhealthyTargets',
      summary: 'web keeps its targets: no target is unhealthy (10 registered)',
      removals: [],
    });
  });

  test('waits at the first sight', () => {
    const observation = { ...aHealthObservation({ 'i-3': 0 }), head: newHealHead };

    expect(decideRemovals(observation)).toMatchObject({
      reason: 'AwaitingSecondSighting',
      summary:
        'web keeps its targets: i-3 (Target.FailedHealthChecks) just seen, and must fail for 2 min before they are touched',
    });
  });

  test('waits until it has failed for long enough', () => {
    expect(decideRemovals(aHealthObservation({ 'i-3': 60 }))).toMatchObject({
      reason: 'AwaitingSecondSighting',
      summary:
        'web keeps its targets: i-3 (Target.FailedHealthChecks) failing for 1 min, and must fail for 2 min before they are touched',
    });
  });

  test('says so when the only failing target may not be touched', () => {
    const observation = withInstance(aHealthObservation({ 'i-3': 300 }), 'i-3', {
      isProtected: true,
    });

    expect(decideRemovals(observation)).toMatchObject({
      reason: 'TargetsUntouchable',
      summary:
        'web keeps its targets: i-3 (Target.FailedHealthChecks) is protected from scale-in, new, starting, standing by, on its way out, or serves in another target group',
    });
  });

  test.each([
    { members: 10, count: 1 },
    { members: 19, count: 1 },
    { members: 20, count: 2 },
  ])('takes out one at a time, or a tenth: $count of $members', ({ members, count }) => {
    const state = aGroupState({ capacityDesired: members, capacityMax: 50 });
    const failing = ['i-1', 'i-2', 'i-3'];
    const targets = state.instances.map(({ id }) =>
      failing.includes(id) ? aFailingTarget(id) : aTarget({ id }),
    );
    const observation = aHealthObservation({ 'i-1': 300, 'i-2': 300, 'i-3': 300 });

    expect(decideRemovals({ ...observation, state, targets }).removals).toHaveLength(count);
  });
});

describe('nobody is touched', () => {
  const sick = aHealthObservation({ 'i-3': 300 });
  const { state: _gone, ...groupless } = sick;

  test.each([
    { title: 'when AWS does not know the group', observation: groupless, reason: 'GroupNotFound' },
    {
      title: 'when the group is being deleted',
      observation: withState(sick, { isBeingDeleted: true }),
      reason: 'GroupBeingDeleted',
    },
    {
      title: 'when the group was not handed over',
      observation: withState(sick, { isManaged: false }),
      reason: 'NotManaged',
    },
    {
      title: 'when the group is paused',
      observation: withState(sick, { suspendedProcesses: ['AlarmNotification'] }),
      reason: 'Paused',
    },
    ...['ReplaceUnhealthy', 'Launch', 'Terminate', 'HealthCheck'].map((process) => ({
      title: `while ${process} is suspended`,
      observation: withState(sick, { suspendedProcesses: [process] }),
      reason: 'ProcessSuspended',
    })),
    {
      title: 'while another instance is condemned',
      observation: withInstance(sick, 'i-9', { isHealthy: false }),
      reason: 'ReplacementInProgress',
    },
    {
      title: 'while the group has less in service than it wants',
      observation: withInstance(sick, 'i-9', { lifecycleState: 'Pending' }),
      reason: 'ReplacementInProgress',
    },
    {
      title: 'within a minute of the removal before',
      observation: { ...sick, head: { ...sick.head, removals: [NOON - 59_999] } },
      reason: 'ReplacementInProgress',
    },
  ])('$title', ({ observation, reason }) => {
    expect(decideRemovals(observation)).toMatchObject({ reason, removals: [] });
  });

  test('but a minute after the removal before the next may go', () => {
    const observation = { ...sick, head: { ...sick.head, removals: [NOON - 60_000] } };

    expect(decideRemovals(observation).removals).toHaveLength(1);
  });

  test('when more fail at once than the ceiling allows, and the cause is called common', () => {
    const failing = { 'i-1': 300, 'i-2': 300, 'i-3': 300 };

    expect(decideRemovals(aHealthObservation(failing)).removals).toHaveLength(1);
    expect(decideRemovals(aHealthObservation({ ...failing, 'i-4': 1 }))).toMatchObject({
      reason: 'CommonCause',
      removals: [],
      summary:
        'web keeps its targets: 4 of 10 targets are unhealthy, more than 30 %: the cause is common (all of them fail with Target.FailedHealthChecks), nothing is touched',
    });
  });

  test('of a small fleet one may fail, whatever the ceiling', () => {
    const state = aGroupState({ capacityDesired: 2 });
    const targets = [aFailingTarget('i-1'), aTarget({ id: 'i-2' })];
    const observation = aHealthObservation({ 'i-1': 300 });

    expect(decideRemovals({ ...observation, state, targets }).removals).toHaveLength(1);
  });

  test.each([
    { healthy: 5, reason: 'TargetsReplaced' },
    { healthy: 4, reason: 'BelowHealthyFloor' },
  ])('below the healthy floor: $healthy of 10 healthy, $reason', ({ healthy, reason }) => {
    const group = aHealedGroup({ ceilingPercent: 100 });
    const failing = Object.fromEntries(
      Array.from({ length: 10 - healthy }, (_, index) => [`i-${index + 1}`, 300]),
    );

    expect(decideRemovals(aHealthObservation(failing, { group }))).toMatchObject({ reason });
  });

  test('when it is the last one that is healthy', () => {
    const group = aHealedGroup({ ceilingPercent: 100, floorPercent: 1 });
    const state = aGroupState({ capacityDesired: 1 });
    const observation = aHealthObservation({ 'i-1': 300 }, { group, state });
    const targets = [aFailingTarget('i-1')];

    expect(decideRemovals({ ...observation, targets })).toMatchObject({
      reason: 'BelowHealthyFloor',
      summary:
        'web keeps its targets: 0 of 1 targets are healthy, and the floor is 1: a single target is never taken out. Run at least two, or let the Auto Scaling group replace it by its own ELB health checks',
    });
  });

  test('for a target that drains: it counts neither as healthy nor as failing', () => {
    const group = aHealedGroup({ floorPercent: 100 });
    const observation = aHealthObservation({ 'i-1': 300 }, { group });
    const targets = [aFailingTarget('i-1'), aTarget({ id: 'i-2', state: 'draining' })];

    expect(decideRemovals({ ...observation, targets }).reason).toBe('BelowHealthyFloor');
  });
});
