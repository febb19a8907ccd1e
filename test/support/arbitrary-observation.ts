import fc from 'fast-check';
import type { Alarm } from '../../shared/domain/alarm.ts';
import type { Group } from '../../shared/domain/configuration.ts';
import type { GroupState } from '../../shared/domain/group-state.ts';
import type { ScaleHead } from '../../shared/domain/head.ts';
import type { GroupObservation } from '../../shared/domain/observation.ts';
import type { Adjustment, ThresholdRule } from '../../shared/domain/rule.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  alarmOf,
  anAlarmRule,
  anInstance,
  aScaleHead,
  NOON,
  seconds,
} from './builders.ts';

const capacity = fc.integer({ min: 0, max: 30 });

const adjustment: fc.Arbitrary<Adjustment> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('add' as const, 'remove' as const),
    amount: fc.integer({ min: 1, max: 60 }),
    unit: fc.constantFrom('capacity' as const, 'percent' as const),
  }),
  fc.record({ kind: fc.constant('set' as const), capacity }),
);

const ruleNamed = (name: string): fc.Arbitrary<ThresholdRule> =>
  fc
    .record({ adjustment, onMissing: fc.constantFrom('hold' as const, 'ignore' as const) })
    .map((overrides) => anAlarmRule(name, overrides));

const rules = fc
  .integer({ min: 0, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => ruleNamed(`r${at}`))));

const alarmFor = (rule: ThresholdRule): fc.Arbitrary<readonly Alarm[]> =>
  fc
    .record({
      isThere: fc.boolean(),
      state: fc.constantFrom('OK', 'ALARM', 'ALARM', 'INSUFFICIENT_DATA', 'UNKNOWN'),
      actionsEnabled: fc.boolean(),
      isEvaluated: fc.boolean(),
    })
    .map(({ isThere, ...overrides }) => (isThere ? [alarmOf(rule, overrides as Alarm)] : []));

const group: fc.Arbitrary<Group> = fc
  .record({
    rules,
    capacity: fc.record({ min: capacity, max: capacity }, { requiredKeys: [] }),
    out: fc.integer({ min: 0, max: 600 }),
    in: fc.integer({ min: 0, max: 600 }),
  })
  .map(({ out, in: inward, ...overrides }) =>
    aGroup({
      ...overrides,
      behavior: aBehavior({
        scaleOut: { cooldownSeconds: out },
        scaleIn: { cooldownSeconds: inward },
      }),
    }),
  );

const state: fc.Arbitrary<GroupState> = fc
  .record({
    bounds: fc.tuple(capacity, capacity),
    capacityDesired: capacity,
    isManaged: fc.boolean(),
    isBeingDeleted: fc.boolean(),
    suspendedProcesses: fc.subarray(['Launch', 'Terminate', 'AlarmNotification', 'AZRebalance']),
    lifecycle: fc.array(fc.constantFrom('InService', 'Pending', 'Pending:Wait', 'Terminating')),
  })
  .map(({ bounds, lifecycle, ...overrides }) =>
    aGroupState({
      ...overrides,
      capacityMin: Math.min(...bounds),
      capacityMax: Math.max(...bounds),
      instances: lifecycle.map((lifecycleState, at) =>
        anInstance({ id: `i-${at}`, lifecycleState }),
      ),
    }),
  );

const change = fc.record({
  at: fc.integer({ min: 0, max: 700 }).map((ago) => NOON - seconds(ago)),
  from: capacity,
  to: capacity,
});

const head: fc.Arbitrary<ScaleHead> = fc
  .record({ lastScaleOut: change, lastScaleIn: change }, { requiredKeys: [] })
  .map((overrides) => aScaleHead(overrides));

/** Any observation of a group that exists, sound or not. */
export const anyObservation: fc.Arbitrary<GroupObservation> = group.chain((one) =>
  fc
    .record({
      state,
      head,
      alarms: fc.tuple(
        ...one.rules.flatMap((rule) => (rule.kind === 'threshold' ? [alarmFor(rule)] : [])),
      ),
    })
    .map((parts) => ({
      ...{ now: NOON, group: one, heard: [], readings: {}, openings: {} },
      ...parts,
      alarms: parts.alarms.flat(),
    })),
);
