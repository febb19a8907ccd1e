import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { combine } from '#domain/capacity/combine.ts';
import type { Recommendation } from '#domain/capacity/recommendation.ts';

const wants = (rule: string, capacity: number): Recommendation => ({
  kind: 'recommends',
  rule,
  reason: 'ThresholdMet',
  capacity,
  detail: `${rule} wants ${capacity}`,
});
const abstains = (rule: string): Recommendation => ({
  kind: 'abstains',
  rule,
  reason: 'ThresholdNotMet',
  detail: `${rule} is quiet`,
});
const blind = (rule: string, blocksScaleIn = true): Recommendation => ({
  kind: 'blind',
  rule,
  reason: 'MissingData',
  blocksScaleIn,
  detail: `${rule} sees nothing`,
});

const refused = (rule: string): Recommendation => ({
  kind: 'blind',
  rule,
  reason: 'MetricRefused',
  blocksScaleIn: true,
  detail: 'CloudWatch refuses to read it',
});

describe('combine, from a capacity of 4', () => {
  test.each([
    {
      title: 'says that a metric is refused when it stays',
      from: [refused('a'), abstains('b')],
      to: 4,
      reason: 'MetricRefused',
    },
    {
      title: 'does not go in while a metric is refused',
      from: [wants('a', 2), refused('b')],
      to: 4,
      reason: 'MetricRefused',
    },
    {
      title: 'goes out although a metric is refused',
      from: [wants('a', 5), refused('b')],
      to: 5,
      reason: 'ScaledOut',
    },
    {
      title: 'does not mind that the metric of a shadow is refused',
      from: [wants('a', 2), { ...refused('b'), isShadow: true as const }],
      to: 2,
      reason: 'ScaledIn',
    },
    { title: 'stays without rules', from: [], to: 4, reason: 'Steady' },
    {
      title: 'stays when every rule abstains',
      from: [abstains('a'), abstains('b')],
      to: 4,
      reason: 'Steady',
    },
    {
      title: 'stays when a rule asks for what there is',
      from: [wants('a', 4)],
      to: 4,
      reason: 'Steady',
    },
    {
      title: 'goes out with one rule',
      from: [wants('a', 6), abstains('b')],
      to: 6,
      reason: 'ScaledOut',
    },
    {
      title: 'takes the largest way out',
      from: [wants('a', 5), wants('b', 8)],
      to: 8,
      reason: 'ScaledOut',
    },
    {
      title: 'goes out although another wants in',
      from: [wants('a', 5), wants('b', 1)],
      to: 5,
      reason: 'ScaledOut',
    },
    {
      title: 'goes out although a rule is blind',
      from: [wants('a', 5), blind('b')],
      to: 5,
      reason: 'ScaledOut',
    },
    {
      title: 'goes in when one rule asks and the rest abstain',
      from: [wants('a', 3), abstains('b')],
      to: 3,
      reason: 'ScaledIn',
    },
    {
      title: 'takes the largest way in',
      from: [wants('a', 1), wants('b', 3)],
      to: 3,
      reason: 'ScaledIn',
    },
    {
      title: 'stays when a rule wants to keep what there is',
      from: [wants('a', 3), wants('b', 4)],
      to: 4,
      reason: 'RulesDisagree',
    },
    {
      title: 'does not go in while a rule is blind',
      from: [wants('a', 3), blind('b')],
      to: 4,
      reason: 'MissingData',
    },
    {
      title: 'goes in when the blind rule may be ignored',
      from: [wants('a', 3), blind('b', false)],
      to: 3,
      reason: 'ScaledIn',
    },
    { title: 'stays when all are blind', from: [blind('a'), blind('b')], to: 4, reason: 'Steady' },
  ])('$title', ({ from, to, reason }) => {
    expect(combine(from, 4)).toMatchObject({ capacity: to, reason });
  });

  test('names the rule that wins, the first by name among equals', () => {
    expect(combine([wants('b', 6), wants('a', 6)], 4).rule).toBe('a');
    expect(combine([wants('a', 6), wants('b', 6)], 4).rule).toBe('a');
  });

  test('names the blind rule that blocks', () => {
    expect(combine([wants('a', 3), blind('b')], 4).detail).toBe('b is blind: b sees nothing');
  });
});

describe('combine, whatever the rules say', () => {
  const recommendation = fc.oneof(
    fc.tuple(fc.string(), fc.nat(50)).map(([rule, capacity]) => wants(rule, capacity)),
    fc.string().map((rule) => abstains(rule)),
    fc.tuple(fc.string(), fc.boolean()).map(([rule, blocks]) => blind(rule, blocks)),
  );

  test('does not depend on the order of the rules', () => {
    fc.assert(
      fc.property(fc.array(recommendation), fc.nat(50), fc.nat(), (rules, current, seed) => {
        const shuffled = rules.toSorted((a, b) => hash(a.rule, seed) - hash(b.rule, seed));
        const { capacity, reason } = combine(rules, current);
        expect(combine(shuffled, current)).toMatchObject({ capacity, reason });
      }),
    );
  });

  test('blindness alone never changes the capacity', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string().map((rule) => blind(rule))),
        fc.nat(50),
        (rules, current) => {
          expect(combine(rules, current).capacity).toBe(current);
        },
      ),
    );
  });

  test('never goes further than some rule asks', () => {
    fc.assert(
      fc.property(fc.array(recommendation), fc.nat(50), (rules, current) => {
        const wishes = rules.flatMap((each) => (each.kind === 'recommends' ? [each.capacity] : []));
        expect([current, ...wishes]).toContain(combine(rules, current).capacity);
      }),
    );
  });
});

const hash = (text: string, seed: number): number =>
  [...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973, seed);
