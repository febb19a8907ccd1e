import { describe, expect, test } from '@jest/globals';
import type { Group } from '#domain/configuration/configuration.ts';
import { dueForReturn } from '#domain/health/choose-returns.ts';
import { decideHealth } from '#domain/health/decide-health.ts';
import { mostRemovals } from '#domain/health/guards/pace.ts';
import {
  type HealedGroup,
  type HealthObservation,
  targetGroupsOf,
} from '#domain/health/health-observation.ts';
import { nextProbations } from '#domain/health/probation.ts';
import { fleetSize, nextSightings } from '#domain/health/sightings.ts';
import type { Probation } from '#domain/ledger/head.ts';
import {
  aFailingTarget,
  aGroupState,
  aHealedGroup,
  aHealthObservation,
  aTarget,
  NOON,
  seconds,
  TARGET_GROUP,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';

const FLEET = { name: 'shops', tags: { tier: 'shop' } };
const MEMBER: HealedGroup = {
  ...aHealedGroup({ watched: [] }),
  name: 'shops/web-prod',
  fleet: FLEET,
};
const STATE = aGroupState({ capacityDesired: 10, tags: { tier: 'shop' } });
const OTHER_ARN = TARGET_GROUP_ARN.replace('targetgroup/', 'targetgroup/other-');

const aMember = (
  failing: Readonly<Record<string, number>> = {},
  change: Partial<HealthObservation> = {},
): HealthObservation => aHealthObservation(failing, { group: MEMBER, state: STATE, ...change });

/** Ten targets of another group that is attached to the same target group, of which the named ones fail. */
const neighbours = (...failing: readonly string[]) =>
  Array.from({ length: 10 }, (_, index) => `i-other-${index}`).map((id) =>
    failing.includes(id) ? aFailingTarget(id) : aTarget({ id }),
  );

describe('the target groups of a member', () => {
  test('are those that its Auto Scaling group is attached to', () => {
    const state = aGroupState({ targetGroupArns: [TARGET_GROUP_ARN, OTHER_ARN] });

    expect(targetGroupsOf(MEMBER, state)).toEqual([
      TARGET_GROUP,
      TARGET_GROUP.replace('targetgroup/', 'targetgroup/other-'),
    ]);
    expect(targetGroupsOf(MEMBER, undefined)).toEqual([]);
  });

  test('are those of the file for a group that it names, whatever that is attached to', () => {
    const state = aGroupState({ targetGroupArns: [OTHER_ARN] });

    expect(targetGroupsOf(aHealedGroup(), state)).toEqual([TARGET_GROUP]);
  });
});

describe('a member', () => {
  test('has a failing instance replaced, as a group of the file has', () => {
    expect(decideHealth(aMember({ 'i-3': 300 }))).toMatchObject({
      group: 'shops/web-prod',
      reason: 'TargetsReplaced',
      removals: [{ targetId: 'i-3', instanceId: 'i-3' }],
    });
  });

  test('without target groups is well', () => {
    const observation = aMember({}, { targets: [], state: { ...STATE, targetGroupArns: [] } });

    expect(decideHealth(observation).reason).toBe('NoUnhealthyTargets');
  });

  test('that lost the tags of its fleet since the sweep found it is left alone', () => {
    const tagsOf = (tags?: Readonly<Record<string, string>>) => {
      const { tags: _tags, ...state } = STATE;
      return decideHealth(
        aMember({ 'i-3': 300 }, { state: tags === undefined ? state : { ...state, tags } }),
      );
    };

    expect(tagsOf({ tier: 'office' })).toMatchObject({
      reason: 'NotSelected',
      removals: [],
      summary:
        'shops/web-prod keeps its targets: the group no longer carries the tags of the fleet shops (tier=shop)',
    });
    expect(tagsOf().reason).toBe('NotSelected');
  });
});

describe('targets of another group in the same target group', () => {
  const shared = (
    failing: readonly string[],
    own: Readonly<Record<string, number>> = {},
  ): HealthObservation => {
    const observation = aMember(own);
    return { ...observation, targets: [...observation.targets, ...neighbours(...failing)] };
  };

  test('are neither remembered nor taken out by a member', () => {
    const observation = shared(['i-other-1']);
    const key = `${TARGET_GROUP_ARN} i-other-1:80`;
    const head = { ...observation.head, sightings: { [key]: NOON - seconds(900) } };

    expect(nextSightings({ ...observation, head })).toEqual({});
    expect(decideHealth({ ...observation, head })).toMatchObject({
      reason: 'NoUnhealthyTargets',
      removals: [],
    });
  });

  test('count for the common cause: while many of them fail nobody is touched', () => {
    const many = ['0', '1', '2', '3', '4', '5'].map((index) => `i-other-${index}`);

    expect(decideHealth(shared([], { 'i-3': 300 })).reason).toBe('TargetsReplaced');
    expect(decideHealth(shared(many, { 'i-3': 300 })).reason).toBe('CommonCause');
  });

  test('make its own pace no faster', () => {
    const pace = { targets: 1, percent: 10, perSeconds: 3_600 };
    const group: HealedGroup = { ...MEMBER, health: { ...MEMBER.health, pace } };

    expect(fleetSize(shared([]))).toBe(10);
    expect(mostRemovals({ ...shared([]), group })).toBe(1);
  });

  test('are looked after by a group whose file names the target group', () => {
    const named: Group & Pick<HealedGroup, 'health'> = aHealedGroup();
    const observation = { ...shared(['i-other-1']), group: named };

    expect(Object.keys(nextSightings(observation))).toEqual([`${TARGET_GROUP_ARN} i-other-1:80`]);
  });

  test('are nobody of a member that is not there', () => {
    const { state: _gone, ...observation } = shared(['i-other-1']);

    expect(nextSightings(observation)).toEqual({});
  });
});

describe('a target that is out of a target group from which its member was detached', () => {
  const out: Probation = {
    targetGroupArn: OTHER_ARN,
    targetId: 'i-3',
    port: 80,
    seconds: 600,
    until: NOON,
  };
  const withOut = (change: Partial<HealthObservation> = {}): HealthObservation => {
    const observation = aMember({}, change);
    return { ...observation, head: { ...observation.head, probations: { key: out } } };
  };

  test('is not put back, and is forgotten once it would be due', () => {
    expect(dueForReturn(withOut())).toEqual([]);
    expect(nextProbations(withOut())).toEqual({});
    expect(decideHealth(withOut()).reason).toBe('NoUnhealthyTargets');
  });

  test('is remembered until then: a read may lag behind', () => {
    expect(nextProbations(withOut({ now: NOON - 1 }))).toEqual({ key: out });
  });

  test.each([
    { what: 'attached as before', change: { state: { ...STATE, targetGroupArns: [OTHER_ARN] } } },
    { what: 'of a group that the file names', change: { group: aHealedGroup() } },
  ])('is put back when it is $what', ({ change }) => {
    expect(dueForReturn(withOut(change))).toEqual([out]);
  });

  test('waits while its group cannot be found', () => {
    const { state: _gone, ...observation } = withOut();

    expect(nextProbations(observation)).toEqual({ key: out });
  });
});
