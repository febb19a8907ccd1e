import { expect, test } from '@jest/globals';
import { PROVIDER_DEFAULTS } from '#infrastructure/functions.ts';
import { ownAlarms } from '#infrastructure/own-alarms.ts';
import { MEMORY_GB } from '#simulator/cost/meter.ts';
import { OWN_ALARMS } from '#simulator/cost/page.ts';

test('a bill has as many alarms of its own, and as much memory, as a deployment makes', () => {
  expect(OWN_ALARMS).toBe(Object.keys(ownAlarms({ service: 'tidegate', stage: 'dev' })).length);
  expect(MEMORY_GB * 1_024).toBe(PROVIDER_DEFAULTS.memorySize);
});
