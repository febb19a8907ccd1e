import { describe, expect, test } from '@jest/globals';
import { fileWithGroup, linesOf } from '../problems-in.ts';

const TARGETS = 'targetgroup/web/73e2d6bc24d8a067';
const APP = 'app/web/50dc6c495c0c9188';
const METRICS = [
  'metrics:',
  '  cpu: { preset: asg-cpu }',
  '  slow: { preset: asg-cpu, period: 5m }',
  '  hourly: { preset: asg-cpu, period: 1h }',
  `  errors: { preset: alb-error-rate, loadBalancer: ${APP}, targetGroup: ${TARGETS} }`,
  'rules:',
].join('\n');

/** The mistakes of a group with four metrics and one rule, which is on line 11. */
const linesOfRule = (rule: string) => linesOf(fileWithGroup(`${METRICS}\n  ${rule}`));

describe('a rule', () => {
  test.each([
    'a: { when: cpu > 70, then: add 2 }',
    'a: { when: cpu > 70 for 1m, then: add 2 }',
    'a: { when: cpu > 70 for 5m of 5m, then: add 2 }',
    'a: { when: cpu > 70 for 1d, then: add 2 }',
    'a: { when: slow > 70 for 10m, then: add 2 }',
    'a: { when: hourly > 70 for 7d, then: add 2 }',
    'a: { when: errors > 70 for 2m, then: add 2 }',
    'a: { when: { alarm: any alarm }, then: add 2 }',
  ])('is valid: %s', (rule) => {
    expect(linesOfRule(rule)).toEqual([]);
  });

  test.each([
    [
      'a: { when: cpuu > 70, then: add 2 }',
      '11:18 unknown-name groups.web.rules.a.when: no metric of this group is named "cpuu" | did you mean "cpu"?',
    ],
    [
      'a: { when: memory > 70, then: add 2 }',
      '11:18 unknown-name groups.web.rules.a.when: no metric of this group is named "memory"',
    ],
    [
      'a: { when: asg-cpu > 70, then: add 2 }',
      '11:18 unknown-name groups.web.rules.a.when: no metric of this group is named "asg-cpu" | asg-cpu is a preset: add a metric such as cpu: { preset: asg-cpu }',
    ],
    [
      'a: { when: constructor > 70, then: add 2 }',
      '11:18 unknown-name groups.web.rules.a.when: no metric of this group is named "constructor"',
    ],
    [
      'a: { when: cpu > 70 for 90s, then: add 2 }',
      `11:31 out-of-range groups.web.rules.a.when: 90s is not a multiple of the metric's period of 1m | did you mean "2m"?`,
    ],
    [
      'a: { when: cpu > 70 for 0m, then: add 2 }',
      `11:31 out-of-range groups.web.rules.a.when: 0s is not a multiple of the metric's period of 1m | did you mean "1m"?`,
    ],
    [
      'a: { when: slow > 70 for 5m of 6m, then: add 2 }',
      `11:38 out-of-range groups.web.rules.a.when: 6m is not a multiple of the metric's period of 5m | did you mean "5m"?`,
    ],
    [
      'a: { when: cpu > 70 for 5m of 3m, then: add 2 }',
      '11:37 conflict groups.web.rules.a.when: 5m do not fit into 3m',
    ],
    [
      'a: { when: cpu > 70 for 1441m, then: add 2 }',
      '11:31 out-of-range groups.web.rules.a.when: an alarm cannot look back for 1441m over periods of 1m',
    ],
    [
      'a: { when: hourly > 70 for 2h of 169h, then: add 2 }',
      '11:40 out-of-range groups.web.rules.a.when: an alarm cannot look back for 169h over periods of 1h',
    ],
    [
      'a: { when: "errors > 5 for 30s", then: add 2 }',
      `11:34 out-of-range groups.web.rules.a.when: 30s is not a multiple of the metric's period of 1m | did you mean "1m"?`,
    ],
  ])('is not valid: %s', (rule, line) => {
    expect(linesOfRule(rule)).toEqual([line]);
  });

  test('hides no mistake in its other half', () => {
    expect(linesOfRule('a: { when: cpuu > 70, then: add two }')).toEqual([
      '11:18 unknown-name groups.web.rules.a.when: no metric of this group is named "cpuu" | did you mean "cpu"?',
      '11:39 bad-value groups.web.rules.a.then: cannot read "two" in "add two"',
    ]);
  });

  test('waits for its metric to be well-formed before its times are judged', () => {
    const file =
      'metrics: { cpu: { preset: asg-cpus } }\nrules:\n  a: { when: cpu > 70 for 90s, then: add 2 }';
    expect(linesOf(fileWithGroup(file))).toEqual([
      '5:31 bad-value groups.web.metrics.cpu.preset: found "asg-cpus", which is not a preset | did you mean "asg-cpu"?',
    ]);
  });

  test('needs a metric at all', () => {
    const problems = linesOf(fileWithGroup('rules:\n  a: { when: cpu > 70, then: add 2 }'));
    expect(problems).toEqual([
      '6:18 unknown-name groups.web.rules.a.when: no metric of this group is named "cpu"',
    ]);
  });
});

describe('bounds', () => {
  const linesOfSet = (capacity: string, then: string) =>
    linesOf(
      fileWithGroup(`capacity: ${capacity}\nrules: { a: { when: { alarm: x }, then: ${then} } }`),
    );

  test.each([
    ['{ min: 2, max: 2 }', 'set 2'],
    ['{ min: 2 }', 'set 200'],
    ['{ max: 2 }', 'set 0'],
    ['{}', 'set 5'],
    ['{ min: 2, max: 4 }', 'add 100'],
  ])('%s allow %s', (capacity, then) => {
    expect(linesOfSet(capacity, then)).toEqual([]);
  });

  test.each([
    ['{ min: 2, max: 4 }', 'set 1', 'set 1 is below the minimum of 2 of this group'],
    ['{ min: 2, max: 4 }', 'set 5', 'set 5 is above the maximum of 4 of this group'],
  ])('%s forbid %s', (capacity, then, message) => {
    expect(linesOfSet(capacity, then)).toEqual([
      `6:45 conflict groups.web.rules.a.then: ${message}`,
    ]);
  });

  test('that are wrong themselves forbid nothing', () => {
    expect(linesOfSet('5', 'set 1')).toEqual([
      '5:15 wrong-type groups.web.capacity: found the number 5',
    ]);
  });

  test('must be in order', () => {
    expect(linesOf(fileWithGroup('capacity: { min: 3, max: 2 }'))).toEqual([
      '5:22 conflict groups.web.capacity.min: the minimum of 3 is above the maximum of 2',
    ]);
  });
});
