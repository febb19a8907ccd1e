import fc from 'fast-check';
import type { GroupObservation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Obstacle } from '#domain/observed/obstacle.ts';
import { capacity, direction, ruleNamed } from './arbitrary-rules.ts';
import {
  aGroup,
  aGroupState,
  alarmOf,
  anInstance,
  anOverride,
  aScaleHead,
  NOON,
  seconds,
} from './builders.ts';
import { CPU } from './readings.ts';

const rules = fc
  .integer({ min: 0, max: 5 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => ruleNamed(`r${at}`))));

const alarmFor = (rule: Rule): fc.Arbitrary<readonly Alarm[]> =>
  fc
    .record({
      isThere: fc.boolean(),
      state: fc.constantFrom('OK', 'ALARM', 'ALARM', 'INSUFFICIENT_DATA', 'UNKNOWN'),
      actionsEnabled: fc.boolean(),
      isEvaluated: fc.boolean(),
    })
    .map(({ isThere, ...overrides }) =>
      isThere && rule.kind === 'threshold' ? [alarmOf(rule, overrides as Alarm)] : [],
    );

const group: fc.Arbitrary<Group> = fc
  .record({
    rules,
    capacity: fc.record({ min: capacity, max: capacity }, { requiredKeys: [] }),
    behavior: fc.record(
      {
        scaleOut: direction,
        scaleIn: direction,
        warmupSeconds: fc.constantFrom(0, 300),
        onForeignChange: fc.constantFrom('adopt' as const, 'restore' as const, { hold: 600 }),
        flapping: fc.constant({
          reversals: 2,
          withinSeconds: 3_600,
          longestCooldownSeconds: 3_600,
        }),
      },
      { requiredKeys: ['scaleOut', 'scaleIn', 'warmupSeconds', 'onForeignChange'] },
    ),
  })
  .map((overrides) =>
    aGroup({ ...overrides, metrics: { load: CPU, backlog: { ...CPU, statistic: 'Sum' } } }),
  );

const state: fc.Arbitrary<GroupState> = fc
  .record({
    bounds: fc.tuple(capacity, capacity),
    capacityDesired: capacity,
    isManaged: fc.boolean(),
    isBeingDeleted: fc.boolean(),
    suspendedProcesses: fc.subarray(['Launch', 'Terminate', 'AlarmNotification', 'AZRebalance']),
    lifecycle: fc.array(fc.constantFrom('InService', 'Pending', 'Pending:Wait', 'Terminating')),
    isProtected: fc.boolean(),
  })
  .map(({ bounds, lifecycle, isProtected, ...overrides }) =>
    aGroupState({
      ...overrides,
      capacityMin: Math.min(...bounds),
      capacityMax: Math.max(...bounds),
      instances: lifecycle.map((lifecycleState, at) =>
        anInstance({ id: `i-${at}`, lifecycleState, isProtected }),
      ),
    }),
  );

const past = fc.integer({ min: 0, max: 700 }).map((ago) => NOON - seconds(ago));
const change = fc.record({ at: past, from: capacity, to: capacity });
const byTime = <T extends Readonly<{ at: number }>>(items: readonly T[]): readonly T[] =>
  items.toSorted((a, b) => a.at - b.at);

const head: fc.Arbitrary<ScaleHead> = fc
  .record(
    {
      lastScaleOut: change,
      lastScaleIn: change,
      expected: capacity,
      foreign: change,
      missingSince: past,
      changes: fc.array(change, { maxLength: 3 }).map((items) => byTime(items)),
      wishes: fc
        .array(fc.record({ at: past, capacity }), { maxLength: 4 })
        .map((items) => byTime(items)),
    },
    { requiredKeys: ['changes', 'wishes'] },
  )
  .map((overrides) => aScaleHead(overrides));

const reading = fc.record({
  value: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.double({ min: 0, max: 300, noNaN: true })),
  at: fc.integer({ min: 0, max: 900 }).map((ago) => NOON - seconds(ago)),
});
const readings = fc.record({ load: reading, backlog: reading }, { requiredKeys: [] });

const arriving = fc.option(fc.record({ backlog: reading }), { nil: undefined });

/** The acts of a person and of others on the group. */
const hands = fc.record(
  {
    override: fc
      .record({
        kind: fc.constantFrom('pause', 'pin', 'cap'),
        capacity,
        until: fc.integer({ min: -60, max: 60 }).map((ahead) => NOON + seconds(ahead)),
      })
      .map(({ kind, capacity: units, until }) =>
        anOverride({ until, kind, ...(kind === 'pause' ? {} : { capacity: units }) } as never),
      ),
    obstacles: fc.subarray<Obstacle>([
      { reason: 'InstanceRefreshActive', detail: 'a refresh' },
      { reason: 'ZonalShiftActive', detail: 'a shift' },
    ]),
  },
  { requiredKeys: [] },
);

const openingsFor = (all: readonly Rule[]): fc.Arbitrary<GroupObservation['openings']> =>
  fc.record(
    Object.fromEntries(
      all.flatMap(({ kind, name }) =>
        kind === 'schedule' ? [[name, fc.record({ isOpen: fc.boolean() })]] : [],
      ),
    ),
  );

/** Any observation of a group that exists, sound or not. */
export const anyObservation: fc.Arbitrary<GroupObservation> = group.chain((one) =>
  fc
    .record({
      state,
      head,
      readings,
      arriving,
      openings: openingsFor(one.rules),
      alarms: fc.tuple(...one.rules.map(alarmFor)),
      hands,
    })
    .map(({ hands: others, arriving: part, ...parts }) => ({
      now: NOON,
      group: one,
      heard: [],
      ...parts,
      ...others,
      ...(part === undefined ? {} : { arriving: part }),
      alarms: parts.alarms.flat(),
    })),
);
