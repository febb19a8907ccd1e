import { describe, expect, test } from '@jest/globals';
import { expectationsIn, judgeLoad, type LoadFigures } from '#cli/drill/load/expectations.ts';
import { CommandFailure } from '#cli/output/failure.ts';

const FIGURES: LoadFigures = {
  failedPercent: 1,
  p50: 20,
  p95: 800,
  p99: 1_000,
  capacity: 6,
  changeSeconds: 90,
};

/** The verdict on one expectation alone. */
const verdictOn = (text: string, figures = FIGURES) =>
  judgeLoad(expectationsIn([text]), figures).find(({ expected }) => expected === text);

describe('an expectation holds on its own side of the border', () => {
  test.each([
    ['failed < 1%', false, '1.00 %'],
    ['failed <= 1%', true, '1.00 %'],
    ['failed < 1.01 %', true, '1.00 %'],
    ['p50 < 20ms', false, '20 ms'],
    ['p95 <= 0.8s', true, '800 ms'],
    ['p95 < 800ms', false, '800 ms'],
    ['p99 < 1001ms', true, '1000 ms'],
    ['capacity >= 6', true, '6'],
    ['capacity > 6', false, '6'],
    ['change < 90s', false, '1 min 30 s'],
    ['change <= 1.5m', true, '1 min 30 s'],
  ])('%s: %s', (text, isMet, found) => {
    expect(verdictOn(text)).toEqual({ expected: text, isMet, found });
  });
});

test.each([
  ['failed < 100%', 'no request ended'],
  ['p95 < 9s', 'no request was answered well'],
  ['capacity >= 0', 'the group was not seen'],
  ['change < 9m', 'the group was not changed'],
])('%s is not met where there is no such figure', (text, found) => {
  expect(verdictOn(text, {})).toEqual({ expected: text, isMet: false, found });
});

test.each([
  [[], ['failed < 1%', 'p95 < 1s']],
  [['capacity >= 6'], ['failed < 1%', 'p95 < 1s', 'capacity >= 6']],
  [['p95 < 2s'], ['failed < 1%', 'p95 < 2s']],
  [
    ['failed < 5%', 'p95 < 2s', 'p95 > 1ms'],
    ['failed < 5%', 'p95 < 2s', 'p95 > 1ms'],
  ],
])('%j replaces the usual ones about the same figure', (texts, all) => {
  expect(expectationsIn(texts).map(({ text }) => text)).toEqual(all);
});

test.each([
  '',
  'p95',
  'p95 < ',
  'p95 < fast',
  'p95 < 800',
  'p95 < 800%',
  'p42 < 1s',
  'failed < 1',
  'failed = 1%',
  'capacity >= 6ms',
  'toString < 1s',
  'p95 < 1s or not',
])('"%s" is no expectation', (text) => {
  expect(() => expectationsIn([text])).toThrow(CommandFailure);
  expect(() => expectationsIn([text])).toThrow(`--expect: found "${text}"`);
});
