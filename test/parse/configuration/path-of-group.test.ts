import { expect, test } from '@jest/globals';
import { pathOfGroup } from '#parse/configuration/path-of-group.ts';

test('what holds for a group stands with its name; what holds for a member of a fleet, with the name of its fleet', () => {
  const fleet = { name: 'shops' } as never;

  expect(pathOfGroup({ name: 'web' })).toEqual(['groups', 'web']);
  expect(pathOfGroup({ name: 'shop-7', fleet })).toEqual(['fleets', 'shops']);
});
