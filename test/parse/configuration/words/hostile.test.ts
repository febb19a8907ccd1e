import { expect, test } from '@jest/globals';
import { amount } from '#parse/configuration/words/amount.ts';
import { cron } from '#parse/configuration/words/cron.ts';
import { duration } from '#parse/configuration/words/duration.ts';
import { formula } from '#parse/configuration/words/formula.ts';
import { perInstance } from '#parse/configuration/words/per-instance.ts';
import { percent } from '#parse/configuration/words/percent.ts';
import { target } from '#parse/configuration/words/target.ts';
import { adjustment } from '#parse/configuration/words/then.ts';
import { condition } from '#parse/configuration/words/when.ts';
import type { Words } from '#parse/configuration/words/words.ts';
import { parseRecord } from '#parse/record/parse-record.ts';

const MANY = 20_000;
const HOSTILE: readonly (readonly [string, string])[] = [
  ['minus signs', '-'.repeat(MANY)],
  ['brackets', '('.repeat(MANY)],
  ['lists', '['.repeat(MANY)],
  ['objects', '{"a":'.repeat(MANY)],
  ['quotation marks', '"'.repeat(MANY + 1)],
  ['digits', '1'.repeat(MANY)],
  ['spaces', ' '.repeat(MANY)],
  ['stars', '*/'.repeat(MANY)],
  ['commas', '1,'.repeat(MANY)],
  ['lines', '}\n'.repeat(MANY)],
];

/** Each kind of words, and what stands before the hostile text in it. */
const WORDS: readonly (readonly [string, Words<unknown>, string, string])[] = [
  ['when', condition, 'cpu > ', ' for 5m'],
  ['for', condition, 'cpu > 1 for ', 'm'],
  ['then', adjustment, 'add ', ''],
  ['formula', formula, 'cpu + ', ''],
  ['cron', cron, '', ' * * * *'],
  ['duration', duration({ min: 1, max: 60 }), '', 'x'],
  ['target', target, '', ' per'],
  ['target as a rate', target, '80rps ', ' per'],
  ['per instance', perInstance, '45', ' per second.'],
  ['share', percent({ min: 1, max: 100 }), '', ' percent.'],
  ['amount', amount, '', '%%'],
];

/** Quadratic work on so many characters takes seconds, linear work a fraction of one. */
const IN_TIME_MS = 1_000;

const timed = <T>(work: () => T): Readonly<{ answer: T; ms: number }> => {
  const begin = performance.now();
  return { answer: work(), ms: performance.now() - begin };
};

const CASES = WORDS.flatMap(([name, words, before, after]) =>
  HOSTILE.map(([kind, text]) => ({ name, kind, words, text: `${before}${text}${after}` })),
);

test.each(CASES)('$name with many $kind is refused in linear time', ({ words, text }) => {
  const { answer, ms } = timed(() => words.read(text));
  expect(answer).toMatchObject({ ok: false, problem: { expected: expect.any(String) } });
  expect(ms).toBeLessThan(IN_TIME_MS);
});

test.each(HOSTILE)('a record of many %s is refused in linear time', (_, text) => {
  for (const record of [
    text,
    `{"schemaVersion":${text}`,
    `{"record":{"S":${JSON.stringify(text)}}}`,
  ]) {
    const { answer, ms } = timed(() => parseRecord(record));
    expect(answer).toMatchObject({ ok: false });
    expect(ms).toBeLessThan(IN_TIME_MS);
  }
});
