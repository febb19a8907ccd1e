import { describe, expect, test } from '@jest/globals';
import { parseGate, SUBJECT_NAMES } from '#simulator/compare/fail-if.ts';
import { aRow } from './a-row.ts';

const gate = (text: string) => {
  const parsed = parseGate(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
};
const holds = (text: string, change: Parameters<typeof aRow>[0] = {}): boolean =>
  gate(text).holds(aRow(change), aRow());

describe('a condition to fail on', () => {
  test.each([
    ['cost > +5%', { cost: 210 }, false],
    ['cost > +5%', { cost: 210.1 }, true],
    ['cost >= +5%', { cost: 210 }, true],
    ['cost > 210', { cost: 210 }, false],
    ['cost < +5%', { cost: 209.9 }, true],
    ['cost <= +5%', { cost: 210 }, true],
    ['violated > 0.1%', { violated: 0.001 }, false],
    ['violated > 0.1%', { violated: 0.001_1 }, true],
    // A tenth of a percent more than the other's tenth.
    ['violated > +0.1%', { violated: 0.001_9 }, false],
    ['violated > +0.1%', { violated: 0.002_1 }, true],
    ['worst-hour > 2%', { worstHour: 0.021 }, true],
    ['reversals > 4', { reversals: 5 }, true],
    ['cost > +5% or violated > 0.1%', { violated: 0.01 }, true],
    ['cost > +5% or violated > 0.1%', {}, false],
    ['cost > +5% and violated > 0.1%', { violated: 0.01 }, false],
    ['changes > 50 or cost > +5% and violated > 0.1%', { cost: 300, violated: 0.01 }, true],
    ['over-optimum > 1.3 or instance-hours > 99 and minutes-at-maximum > 2', {}, true],
  ])('%s with %j: %s', (text, change, isFailed) => {
    expect(holds(text, change)).toBe(isFailed);
  });

  test('knows whether it compares with other rules', () => {
    expect(gate('violated > 0.1%').isRelative).toBe(false);
    expect(gate('violated > 0.1% or cost > +5%').isRelative).toBe(true);
    expect(gate('cost > 5').text).toBe('cost > 5');
  });

  test.each([
    ['price > +5%', 'found "price > +5%"; expected one of cost, '],
    ['', 'found ""; expected one of'],
    ['cost', 'found "cost"; expected one of'],
    ['constructor > 5', 'expected one of'],
    ['cost > 5%', "cost is no share; compare it with the other's: +5%"],
    ['cost > +5', 'expected percent: 5%'],
    ['violated > 0.1', 'expected percent: 0.1%'],
    ['cost > +5% or or', 'found "or"'],
  ])('%s is told', (text, says) => {
    expect(parseGate(text)).toEqual({ ok: false, problem: expect.stringContaining(says) });
  });

  test('may be about each figure', () => {
    for (const name of SUBJECT_NAMES) expect(parseGate(`${name} > +5%`).ok).toBe(true);
  });
});
