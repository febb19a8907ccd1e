import { describe, expect, test } from '@jest/globals';
import { decideHealth } from '#domain/health/decide-health.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import { aHealthObservation, TARGET_GROUP_ARN } from '#test/support/builders.ts';
import { withInstance, withState } from '#test/support/health-changes.ts';

type Shown = Readonly<{ state: string; reason: string }>;

/** Ten targets, of which these are shown otherwise; all of them were first seen failing long ago. */
const shown = (others: Readonly<Record<string, Shown>>): HealthObservation => {
  const ids = Object.keys(others);
  const observation = aHealthObservation(Object.fromEntries(ids.map((id) => [id, 1_800])));
  const targets = observation.targets.map((target) => ({ ...target, ...others[target.id] }));
  return { ...observation, targets };
};

const FAILED = { state: 'unhealthy', reason: 'Target.FailedHealthChecks' };
const DRAINING = { ...FAILED, state: 'unhealthy.draining' };
const NEW = { ...FAILED, state: 'unhealthy.suspended' };
const FAULTY_BALANCER = { state: 'unhealthy', reason: 'Elb.InternalError' };

describe('a target of a Network Load Balancer that drains because it is unhealthy', () => {
  test('is replaced like any other that fails', () => {
    expect(decideHealth(shown({ 'i-3': DRAINING }))).toMatchObject({
      reason: 'TargetsReplaced',
      removals: [{ targetId: 'i-3' }],
    });
  });

  test('counts when many fail: the cause is common', () => {
    const observation = shown({
      'i-1': DRAINING,
      'i-2': DRAINING,
      'i-3': DRAINING,
      'i-4': DRAINING,
      'i-5': DRAINING,
      'i-6': FAILED,
    });

    expect(decideHealth(observation)).toMatchObject({
      reason: 'CommonCause',
      summary:
        'web keeps its targets: 6 of 10 targets are unhealthy, more than 30 %: the cause is common (all of them fail with Target.FailedHealthChecks), nothing is touched',
    });
  });
});

describe.each([
  { title: 'in a state that nobody knows', sickness: NEW },
  { title: 'by the fault of the load balancer', sickness: FAULTY_BALANCER },
])('targets that are sick $title', ({ sickness }) => {
  test('count against acting', () => {
    const few = shown({ 'i-1': sickness, 'i-2': sickness, 'i-9': FAILED });
    const many = shown({ 'i-1': sickness, 'i-2': sickness, 'i-3': sickness, 'i-9': FAILED });

    expect(decideHealth(few).removals).toHaveLength(1);
    expect(decideHealth(many)).toMatchObject({ reason: 'CommonCause', removals: [] });
  });

  test('are never touched, and nobody is told that all are healthy', () => {
    const { reason, summary } = decideHealth(shown({ 'i-1': sickness }));

    expect(reason).toBe('NoUnhealthyTargets');
    expect(summary).toBe(
      `web keeps its targets: 1 of 10 targets are not well, and none by a fault of its own: i-1 (${sickness.reason})`,
    );
  });
});

describe('a target group that nobody handed over', () => {
  const sick = aHealthObservation({ 'i-3': 300 });
  const managed = { [TARGET_GROUP_ARN]: false };

  test('keeps its targets, and people are told how to hand it over', () => {
    const decision = decideHealth({ ...sick, managed });

    expect(decision).toMatchObject({ reason: 'NotManaged', removals: [] });
    expect(decision.summary).toBe(
      `web keeps its targets: the target group targetgroup/web/73e2d6bc24d8a067 lacks the tag tidegate:managed=true; to hand it over: aws elbv2 add-tags --resource-arns ${TARGET_GROUP_ARN} --tags Key=tidegate:managed,Value=true`,
    );
  });

  test('of which nothing was read counts as not handed over', () => {
    expect(decideHealth({ ...sick, managed: {} }).reason).toBe('NotManaged');
    expect(decideHealth({ ...sick, managed: { [TARGET_GROUP_ARN]: true } }).removals).toHaveLength(
      1,
    );
  });

  test('holds up nobody in another one', () => {
    const other = `${TARGET_GROUP_ARN}-other`;
    const outsider = { ...sick.targets[2]!, targetGroupArn: other, id: '10.0.0.9' };
    const observation = {
      ...sick,
      targets: [...sick.targets, outsider, { ...sick.targets[0]!, targetGroupArn: other }],
      head: {
        ...sick.head,
        sightings: { ...sick.head.sightings, [`${other} 10.0.0.9:80`]: 0 },
      },
      managed: { [TARGET_GROUP_ARN]: true, [other]: false },
    };

    expect(decideHealth(observation).removals.map(({ targetId }) => targetId)).toEqual(['i-3']);
  });
});

describe('a replacement that is not there yet', () => {
  const sick = aHealthObservation({ 'i-3': 300 });
  const waits = withInstance(sick, 'i-9', { lifecycleState: 'Pending:Wait' });
  const since = (minutes: number): HealthObservation => ({
    ...waits,
    head: { ...waits.head, waitingSince: waits.now - minutes * 60_000 },
  });

  test.each([
    { minutes: 29.9, reason: 'ReplacementInProgress' },
    { minutes: 30, reason: 'ReplacementStuck' },
  ])(
    'holds up the next, and after half an hour people are told: $minutes min',
    ({ minutes, reason }) => {
      expect(decideHealth(since(minutes)).reason).toBe(reason);
    },
  );

  test('says where to look', () => {
    expect(decideHealth(since(30)).summary).toBe(
      "web keeps its targets: 9 of 10 units are in service, 0 being replaced, for 30 min already, and the next one waits: look at the group's lifecycle hooks and activities (aws autoscaling describe-scaling-activities --auto-scaling-group-name web-prod)",
    );
  });

  test.each([
    { size: 19, removals: 0 },
    { size: 20, removals: 1 },
  ])('holds up nobody in a fleet of which a tenth may be replaced: $size', ({ size, removals }) => {
    const members = Array.from({ length: size }, (_, index) => ({
      ...sick.state!.instances[0]!,
      id: `i-${index + 1}`,
      lifecycleState: index === 8 ? 'Pending:Wait' : 'InService',
    }));
    const targets = members.map(({ id }) => ({
      ...sick.targets[0]!,
      ...(id === 'i-3' ? FAILED : {}),
      id,
    }));
    const observation = withState(sick, { instances: members, capacityDesired: size });

    expect(decideHealth({ ...observation, targets }).removals).toHaveLength(removals);
  });

  test('is nothing to one that leaves with its mark: it counts as missing, not twice', () => {
    const leaving = withInstance(sick, 'i-9', {
      lifecycleState: 'Terminating:Wait',
      isHealthy: false,
    });
    const replaced = withState(leaving, { capacityDesired: 9 });

    expect(decideHealth(replaced).removals).toHaveLength(1);
  });
});
