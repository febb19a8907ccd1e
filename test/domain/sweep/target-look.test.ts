import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Group } from '#domain/configuration/configuration.ts';
import { MEMBERS_A_MINUTE, targetLook, turnsFor } from '#domain/sweep/target-look.ts';
import { aGroup, aGroupState, aHealth, minutes, NOON } from '#test/support/builders.ts';

const member = (autoScalingGroup: string): Group => ({
  ...aGroup({ name: `shops/${autoScalingGroup}`, autoScalingGroup }),
  fleet: { name: 'shops', tags: { tier: 'shop' } },
  health: aHealth({ watched: [] }),
});

const lookAt = (group: Group, turns = 1, minute = 0) =>
  targetLook({ group, state: aGroupState(), now: NOON + minutes(minute) }, turns);

const asgNames = fc.string({ minLength: 1, maxLength: 40 });

describe('the targets of a member', () => {
  test('are looked at each minute, at the same second of it', () => {
    const seconds = [0, 1, 2, 3].map((minute) => lookAt(member('shop-1'), 1, minute));

    expect(new Set(seconds).size).toBe(1);
    expect(seconds[0]).toBeDefined();
  });

  test('have one turn in so many minutes, each at a second that a minute has time for', () => {
    fc.assert(
      fc.property(asgNames, fc.integer({ min: 1, max: 60 }), (name, turns) => {
        const looks = Array.from({ length: turns }, (_, minute) =>
          lookAt(member(name), turns, minute),
        ).filter((look) => look !== undefined);

        expect(looks).toHaveLength(1);
        expect([0, 5, 10, 15, 20, 25, 30, 35, 40, 45]).toContain(looks[0]);
      }),
    );
  });

  test('are spread over the minutes and over each minute, so that reads keep to what AWS takes', () => {
    const looks = Array.from({ length: 1_000 }, (_, index) => lookAt(member(`shop-${index}`), 5));
    const asked = looks.filter((look) => look !== undefined);
    const largest = Math.max(
      ...[0, 5, 10, 15, 20, 25, 30, 35, 40, 45].map(
        (part) => asked.filter((look) => look === part).length,
      ),
    );

    expect(Math.abs(asked.length - MEMBERS_A_MINUTE)).toBeLessThan(40);
    // AWS takes 40 calls at once.
    expect(largest).toBeLessThan(40);
  });

  test.each([
    {
      what: 'of a group that the file names, whose alarms tell',
      group: { ...aGroup(), health: aHealth() },
    },
    { what: 'of a fleet without health', group: { ...member('shop-1'), health: undefined } },
  ])('are not looked at by turns: those $what', ({ group }) => {
    const { health, ...others } = group;
    expect(lookAt(health === undefined ? others : { ...others, health })).toBeUndefined();
  });

  test('are not looked at when there are none, or no such group', () => {
    const view = { group: member('shop-1'), now: NOON };

    expect(targetLook({ ...view, state: aGroupState({ targetGroupArns: [] }) }, 1)).toBeUndefined();
    expect(targetLook(view, 1)).toBeUndefined();
  });
});

describe('turns', () => {
  test.each([
    { members: 0, turns: 1 },
    { members: 1, turns: 1 },
    { members: 200, turns: 1 },
    { members: 201, turns: 2 },
    { members: 10_000, turns: 50 },
  ])('of $members members take $turns minutes', ({ members, turns }) => {
    expect(turnsFor(members)).toBe(turns);
  });
});
