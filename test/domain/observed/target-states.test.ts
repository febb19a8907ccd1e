import {
  TargetHealthReasonEnum,
  TargetHealthStateEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from '@jest/globals';
import { countOf, KNOWN_REASONS, KNOWN_STATES } from '#domain/observed/target-states.ts';

const REASON = 'Target.FailedHealthChecks';

describe('the table of states', () => {
  test('names every state and every reason that the SDK knows, and no other', () => {
    expect([...KNOWN_STATES].sort()).toEqual(Object.values(TargetHealthStateEnum).sort());
    expect([...KNOWN_REASONS].sort()).toEqual(Object.values(TargetHealthReasonEnum).sort());
  });

  test.each([
    { state: 'healthy', isMember: true, isHealthy: true, isSick: false, isOwnFault: false },
    { state: 'initial', isMember: true, isHealthy: false, isSick: false, isOwnFault: false },
    { state: 'unhealthy', isMember: true, isHealthy: false, isSick: true, isOwnFault: true },
    {
      state: 'unhealthy.draining',
      isMember: true,
      isHealthy: false,
      isSick: true,
      isOwnFault: true,
    },
    { state: 'draining', isMember: false, isHealthy: false, isSick: false, isOwnFault: false },
    { state: 'unused', isMember: false, isHealthy: false, isSick: false, isOwnFault: false },
    { state: 'unavailable', isMember: true, isHealthy: false, isSick: false, isOwnFault: false },
    { state: 'new-in-2030', isMember: true, isHealthy: false, isSick: true, isOwnFault: false },
    { state: '', isMember: true, isHealthy: false, isSick: true, isOwnFault: false },
  ])(
    'lets a target that is "$state" count as $isMember, $isHealthy, $isSick',
    ({ state, ...count }) => {
      expect(countOf({ state, reason: REASON })).toEqual(count);
    },
  );

  test.each([
    ...KNOWN_REASONS.map((reason) => ({
      reason,
      isOwnFault: [REASON, 'Target.Timeout', 'Target.ResponseCodeMismatch'].includes(reason),
    })),
    { reason: 'Target.NewIn2030', isOwnFault: false },
    { reason: '', isOwnFault: false },
  ])('takes "$reason" for a fault of its own: $isOwnFault', ({ reason, isOwnFault }) => {
    expect(countOf({ state: 'unhealthy', reason })).toMatchObject({ isOwnFault, isSick: true });
  });
});
