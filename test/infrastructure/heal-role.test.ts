import { expect, test } from '@jest/globals';
import type { Configuration, Health } from '#domain/configuration/configuration.ts';
import { healRole } from '#infrastructure/roles/heal-role.ts';
import { aBehavior, aGroup, aHealth } from '#test/support/builders.ts';

const shops = (health?: Health): Pick<Configuration, 'fleets'> => ({
  fleets: [
    {
      name: 'shops',
      tags: { tier: 'shop' },
      template: {
        capacity: {},
        metrics: {},
        rules: [],
        behavior: aBehavior({}),
        ...(health === undefined ? {} : { health }),
      },
    },
  ],
});

const statementsOf = (change: Partial<Configuration>): Readonly<Record<string, unknown>> => {
  const configuration = { groups: [], alerts: [], channels: [], routes: [], ...change };
  const text = JSON.stringify(healRole(configuration, { service: 'tidegate', stage: 'dev' }));
  return Object.fromEntries(
    [...text.matchAll(/"Sid":"(\w+)"/g)].map(([, sid = '']) => [sid, text.includes(sid)]),
  );
};

test('a fleet with health lets heal know its members, and take their targets out by the tag', () => {
  expect(statementsOf(shops(aHealth({ watched: [], action: 'quarantine' })))).toMatchObject({
    KnowMembers: true,
    TakeTargetsOutAndPutThemBack: true,
    HaveInstancesReplaced: true,
    KeepInstancesAside: true,
  });
});

test('a fleet whose health only notifies lets heal know its members, and change nothing', () => {
  const statements = statementsOf(shops(aHealth({ watched: [], action: 'notify' })));

  expect(statements).toHaveProperty('KnowMembers');
  expect(statements).not.toHaveProperty('TakeTargetsOutAndPutThemBack');
  expect(statements).not.toHaveProperty('HaveInstancesReplaced');
});

test('a fleet without health gives heal no permission at all, whatever groups have', () => {
  expect(statementsOf(shops())).toEqual(statementsOf({}));
  expect(statementsOf({ ...shops(), groups: [aGroup({ health: aHealth() })] })).not.toHaveProperty(
    'KnowMembers',
  );
});

test('members and groups are permitted alike: one pattern of target groups that carry the tag', () => {
  const roleOf = (change: Partial<Configuration>) =>
    healRole(
      { groups: [], alerts: [], channels: [], routes: [], ...change },
      { service: 'tidegate', stage: 'dev' },
    );
  const text = JSON.stringify(roleOf(shops(aHealth({ watched: [] }))));

  expect(text).toContain('targetgroup/*/*');
  expect(text).toContain('"aws:ResourceTag/tidegate:managed"');
});
