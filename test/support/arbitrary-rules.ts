import fc from 'fast-check';
import type { Direction } from '#domain/configuration/behavior.ts';
import type { Expression } from '#domain/configuration/expression.ts';
import type { Band, Rule } from '#domain/configuration/rule.ts';
import type { Adjustment, OnMissing } from '#domain/configuration/rule-parts.ts';
import { anAlarmRule, NOON, seconds } from './builders.ts';

export const capacity = fc.integer({ min: 0, max: 30 });
const level = fc.integer({ min: 0, max: 200 });

const adjustment: fc.Arbitrary<Adjustment> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('add' as const, 'remove' as const),
    amount: fc.integer({ min: 1, max: 60 }),
    unit: fc.constantFrom('capacity' as const, 'percent' as const),
  }),
  fc.record({ kind: fc.constant('set' as const), capacity }),
);

const onMissing: fc.Arbitrary<OnMissing> = fc.oneof(
  fc.constantFrom('hold' as const, 'ignore' as const, 'zero' as const, 'fail' as const),
  fc.constant({ last: 600 }),
  fc.record({ fallback: capacity }),
);

const bands: fc.Arbitrary<readonly Band[]> = fc
  .tuple(
    fc.uniqueArray(level, { minLength: 2, maxLength: 5 }),
    fc.array(adjustment, { minLength: 5, maxLength: 5 }),
  )
  .map(([bounds, adjustments]) =>
    bounds
      .toSorted((a, b) => a - b)
      .map((bound, index) => ({
        side: index < bounds.length / 2 ? ('below' as const) : ('above' as const),
        bound,
        adjustment: adjustments[index] as Adjustment,
      })),
  );

/** The backlog divided by a number, which may be zero. */
const expression: fc.Arbitrary<Expression> = fc.integer({ min: 0, max: 60 }).map((value) => ({
  kind: 'binary',
  operator: '/',
  left: { kind: 'name', name: 'backlog' },
  right: { kind: 'number', value },
}));

/** Rules of each kind; a kind that no property looks at does not compile. */
const OF_KIND: { readonly [K in Rule['kind']]: (name: string) => fc.Arbitrary<Rule> } = {
  threshold: (name) =>
    fc
      .record({ adjustment, onMissing: fc.constantFrom('hold' as const, 'ignore' as const) })
      .map((overrides) => anAlarmRule(name, overrides)),
  step: (name) =>
    fc
      .record({ bands, onMissing, atLeast: fc.nat(3) })
      .map((parts): Rule => ({ kind: 'step', name, metric: 'load', ...parts })),
  track: (name) =>
    fc
      .record({ target: fc.integer({ min: 1, max: 100 }), isTotal: fc.boolean(), onMissing })
      .map((parts): Rule => ({ kind: 'track', name, metric: 'load', ...parts })),
  forecast: (name) =>
    fc
      .record({
        perInstance: fc.integer({ min: 1, max: 100 }),
        per: fc.constantFrom('second' as const, 'minute' as const, 'value' as const),
        risk: fc.constantFrom(0.01, 0.1, 0.5),
        margin: fc.constantFrom(0, 0.1, 1),
        leadSeconds: fc.integer({ min: 0, max: 1_500 }),
        holdSeconds: fc.integer({ min: 60, max: 600 }),
        onMissing,
      })
      .map((parts): Rule => ({ kind: 'forecast', name, metric: 'load', ...parts })),
  expression: (name) =>
    fc.record({ expression, onMissing }).map(
      (parts): Rule => ({
        kind: 'expression',
        name,
        text: 'backlog / n',
        metrics: ['backlog'],
        ...parts,
      }),
    ),
  schedule: (name) =>
    fc
      .record({ min: capacity, max: capacity, capacity }, { requiredKeys: [] })
      .map((parts): Rule => {
        const window = { kind: 'once' as const, from: NOON - seconds(1), to: NOON + seconds(1) };
        return { kind: 'schedule', name, window, ...parts };
      }),
};

const plain = (name: string): fc.Arbitrary<Rule> =>
  fc.oneof(...Object.values(OF_KIND).map((ofKind) => ofKind(name)));

export const ruleNamed = (name: string): fc.Arbitrary<Rule> =>
  fc
    .record({
      rule: plain(name),
      voting: fc.record(
        { isShadow: fc.constant(true as const), ballot: fc.constantFrom('a', 'b') },
        { requiredKeys: [] },
      ),
    })
    .map(({ rule, voting }) => ({ ...rule, ...voting }));

/** The speed of a group in one direction. */
export const direction: fc.Arbitrary<Direction> = fc.record({
  cooldownSeconds: fc.integer({ min: 0, max: 600 }),
  stabilizeSeconds: fc.constantFrom(0, 0, 300),
  tolerancePercent: fc.constantFrom(0, 10, 50),
  limits: fc.array(
    fc.record({
      amount: fc.integer({ min: 1, max: 50 }),
      unit: fc.constantFrom('capacity' as const, 'percent' as const),
      periodSeconds: fc.integer({ min: 1, max: 1_800 }),
    }),
    { maxLength: 2 },
  ),
  select: fc.constantFrom('max' as const, 'max' as const, 'min' as const, 'disabled' as const),
});
