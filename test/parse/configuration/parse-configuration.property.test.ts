import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { describeProblem } from '#parse/configuration/describe-problem.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { runs } from '#test/support/runs.ts';

const VALID = readFileSync(
  new URL('../../../examples/web-behind-load-balancer.yml', import.meta.url),
  'utf8',
);

/** Any text is either valid or explained by problems whose places exist in it. */
const isAnswered = (text: string): boolean => {
  const result = parseConfiguration(text, { file: 'any.yml', prefix: 'tidegate-dev' });
  if (result.ok) return true;

  const lines = text.split('\n');
  return (
    result.problem.length > 0 &&
    result.problem.every(
      (problem) =>
        problem.line >= 1 &&
        problem.line <= lines.length &&
        problem.column >= 1 &&
        problem.column <= (lines[problem.line - 1]?.length ?? 0) + 1 &&
        problem.message !== '' &&
        describeProblem(problem).startsWith(`any.yml:${problem.line}:${problem.column} `),
    )
  );
};

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), isAnswered), RUNS);
});

test('no text of YAML signs and known words makes it throw', () => {
  const word = fc.constantFrom(...WORDS);
  const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(''));
  fc.assert(fc.property(text, isAnswered), RUNS);
});

test('no change to a valid file makes it throw', () => {
  const change = fc.record({
    at: fc.nat(VALID.length),
    length: fc.nat(30),
    text: fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 20 })),
  });
  const changed = fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce(
        (text, { at, length, text: added }) => text.slice(0, at) + added + text.slice(at + length),
        VALID,
      ),
    );
  fc.assert(fc.property(changed, isAnswered), RUNS);
});

test('no value at any place of a valid file makes it throw', () => {
  const lines = VALID.split('\n');
  const json = fc.jsonValue().map((value) => JSON.stringify(value));
  const changed = fc
    .record({ line: fc.nat(lines.length - 1), value: json })
    .map(({ line, value }) =>
      lines.map((each, index) => (index === line ? each.replace(/:.*/, `: ${value}`) : each)),
    )
    .map((changedLines) => changedLines.join('\n'));
  fc.assert(fc.property(changed, isAnswered), RUNS);
});

test.each(['{ toString: false }', '[{ toString: false }]', '{ valueOf: 1, toString: 2 }'])(
  '%s at any place of a valid file is answered',
  (value) => {
    const lines = VALID.split('\n');
    for (const index of lines.keys()) {
      const text = lines.map((each, at) =>
        at === index ? each.replace(/:.*/, `: ${value}`) : each,
      );
      const inside = lines.map((each, at) =>
        at === index ? each.replace(/(?<=: )[^:{}]+(?=[,}]|$)/, value) : each,
      );
      expect([text, inside].map((each) => isAnswered(each.join('\n')))).toEqual([true, true]);
    }
  },
);

const RUNS = { numRuns: runs(300) };

const WORDS = [
  ...[' ', '\n', '\n  ', '\n    ', ': ', '- ', '{', '}', '[', ']', ', ', '"', "'", '&a ', '*a'],
  ...[
    '!x ',
    '#',
    '|',
    '>',
    '? ',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '<<: ',
    '\t',
    '\r',
    '\u0000',
    '~',
  ],
  ...['version: 1\n', 'groups:\n', 'web:', 'autoScalingGroup: x', 'metrics: ', 'rules: ', 'when: '],
  ...[
    'then: ',
    'preset: ',
    'asg-cpu',
    'uses: ',
    'expression: ',
    'notify: ',
    'channels: ',
    'routes: ',
  ],
  ...[
    'cpu > 70 for 5m',
    'add 2',
    '__proto__',
    'constructor',
    'null',
    '1e999',
    '.nan',
    '0x10',
    '\ud800',
  ],
];
