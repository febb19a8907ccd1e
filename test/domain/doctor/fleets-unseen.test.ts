import { expect, test } from '@jest/globals';
import { runChecks } from '#domain/doctor/run-checks.ts';
import { SOUND_FLEET } from './fleet-mistakes.ts';

test('of a fleet whose table cannot be asked nothing is said, neither sound nor wrong', () => {
  const fleets = SOUND_FLEET.fleets.map(({ fleet, deployment }) => ({ fleet, deployment }));
  const report = runChecks({ ...SOUND_FLEET, fleets }).find(({ subject }) =>
    subject.startsWith('fleet '),
  );

  expect(report).toMatchObject({ sound: [], findings: [] });
  expect(report?.notLookedAt).toHaveLength(2);
});
