import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup, linesOf, problemsIn } from './problems-in.ts';

/** The lines of a file whose group has a rule, of which the last is given; the rule begins on line 7. */
const ofRule = (lines: string) =>
  linesOf(fileWithGroup(`rules:\n  ${lines.replaceAll('\n', '\n  ')}`));
const ofGroup = (lines: string) => linesOf(fileWithGroup(lines));

describe('a value that YAML takes apart is told of with its key and its cure', () => {
  test.each([
    [
      'day: { start: * 8 * * MON-FRI }',
      '6:21 yaml groups.web.rules.day.start: a value cannot begin with * | put the value of "start" between quotation marks',
    ],
    [
      'day:\n  start: */5 8 * * *',
      '7:16 yaml groups.web.rules.day.start: a value cannot begin with * | put the value of "start" between quotation marks',
    ],
    [
      'd:\n  when: > 70 for 3m',
      '7:15 yaml groups.web.rules.d.when: a value cannot begin with > | put the value of "when" between quotation marks',
    ],
    [
      'd: { when: @cpu > 70 }',
      '6:18 yaml groups.web.rules.d.when: a value cannot begin with @ | put the value of "when" between quotation marks',
    ],
    [
      'd: { desired: cpu > 70 ? 4 : 2 }',
      '6:34 yaml groups.web.rules.d.desired: found ": " within a value | put the value of "desired" between quotation marks',
    ],
    [
      'd:\n  desired: cpu > 70 ? 4 : 2',
      '7:31 yaml groups.web.rules.d.desired: found ": " within a value | put the value of "desired" between quotation marks',
    ],
    [
      'd: { desired: [cpu] * 2 }',
      '6:27 yaml groups.web.rules.d.desired: found more text after the closing bracket | put the value of "desired" between quotation marks, the whole of it',
    ],
    [
      'd: { desired: {cpu} * 2 }',
      '6:27 yaml groups.web.rules.d.desired: found more text after the closing bracket | put the value of "desired" between quotation marks, the whole of it',
    ],
    [
      "d:\n  when: 'cpu > 70' for 3m",
      '7:26 yaml groups.web.rules.d.when: found more text after the closing quotation mark | put the value of "when" between quotation marks, the whole of it',
    ],
    [
      'd:\n  when: "cpu" > 70\n  then: add 2',
      '7:21 yaml groups.web.rules.d.when: found more text after the closing quotation mark | put the value of "when" between quotation marks, the whole of it',
    ],
    [
      'd: { desired: x{cpu} }',
      '6:22 yaml groups.web.rules.d.desired: found a "{" within a value | put the value of "desired" between quotation marks, the whole of it',
    ],
    [
      'd: { desired: "c\\pu" }',
      '6:23 yaml groups.web.rules.d.desired: found a backslash that begins no escape sequence | write two of them, or put the value between single quotation marks',
    ],
    [
      'd: { when: a, @b }',
      '6:21 yaml groups.web.rules.d.when: found a sign with which no value can begin | put the value between quotation marks if it contains ": ", " #", or begins with a sign',
    ],
  ])('%j', (lines, told) => {
    expect(ofRule(lines)).toEqual([told]);
  });

  test('and without its key where it has none', () => {
    expect(linesOf('- @x')).toEqual([
      '1:3 yaml [0]: a value cannot begin with @ | put it between quotation marks',
    ]);
  });
});

test('a colon within a key that has a value is a part of its name, and no space is missing', () => {
  const told = problemsIn('version: 1\ngroups: { web:a: { autoScalingGroup: web-prod } }');

  expect(told.map(({ path, message }) => [path, message])).toEqual([
    ['groups.web:a', expect.not.stringContaining('space')],
  ]);
});

describe('a missing sign is named', () => {
  test.each([
    [
      'behavior:\n  tolerance:3%\n  scaleIn: { cooldown: 1m }',
      '6:7 yaml groups.web.behavior: there is no space after the colon of "tolerance"',
    ],
    [
      'behavior:\n  scaleIn: { cooldown: 1m }\n  tolerance:3%',
      '7:7 yaml groups.web.behavior: there is no space after the colon of "tolerance"',
    ],
    [
      'behavior:\n  tolerance:3%',
      '6:7 wrong-type groups.web.behavior: there is no space after the colon of "tolerance"',
    ],
    [
      'behavior: { tolerance:3%, scaleIn: { cooldown: 1m } }',
      '5:17 yaml groups.web.behavior: there is no space after the colon of "tolerance"',
    ],
    [
      'behavior: { tolerance:3%: , scaleIn: { cooldown: 1m } }',
      '5:17 yaml groups.web.behavior: there is no space after the colon of "tolerance"',
    ],
    ['behavior\n  tolerance: 3%', '5:5 yaml groups.web: there is no colon after "behavior"'],
    ['behavior = 3\n  tolerance: 3%', '5:5 yaml groups.web: found "=" after "behavior"'],
    ['behavior：\n  tolerance: 3%', '5:5 yaml groups.web: found "：" after "behavior"'],
    [
      'behavior: { tolerance: 3% scaleIn: { cooldown: 1m } }',
      '5:38 yaml groups.web.behavior.tolerance: found ": " within a value | put a comma before scaleIn; or put the value of "tolerance" between quotation marks',
    ],
    [
      'behavior: { scaleIn: { cooldown: 1m } tolerance: 3% }',
      '5:43 yaml groups.web.behavior.scaleIn: found "tolerance" right after the end of a value | put a comma before "tolerance"; without brackets, a line of its own',
    ],
    [
      'behavior: {\n  tolerance: 3%\n  scaleIn: { cooldown: 1m }\n}',
      '6:20 yaml groups.web.behavior.tolerance: there is no comma at the end of this line',
    ],
    [
      'metrics:\n  -{ a: 1, b: 2 }',
      '6:7 yaml groups.web.metrics: there is no space after the hyphen',
    ],
    ['metrics:\n  – { a: 1, b: 2 }', '6:7 yaml groups.web.metrics: found a typographic dash'],
    ['behavior: { tolerance: 3%', '5:15 yaml groups.web.behavior: this "{" is never closed'],
    [
      'behavior: { tolerance: 3% # all }\nrules: {}',
      '5:31 yaml groups.web.behavior.tolerance: a comment begins with this #, so that the "{" before it is never closed | put the value of "tolerance" between quotation marks',
    ],
    [
      'metrics: [a # b]\nrules: {}',
      '5:17 yaml groups.web.metrics: a comment begins with this #, so that the "[" before it is never closed | put it between quotation marks',
    ],
    ['metrics: [a, {b: c]', '5:18 yaml groups.web.metrics: this "{" is never closed'],
    [
      'behavior: { tolerance: 3% } }',
      '5:33 yaml groups.web.behavior: found a "}" that closes nothing',
    ],
    ['runbook: "x\nrules: {}', '5:14 yaml groups.web.runbook: this quotation mark is never closed'],
    [
      'behavior: { tolerance: "3% }\nrules: {}',
      '5:28 yaml groups.web.behavior.tolerance: this quotation mark is never closed',
    ],
    ["runbook: 'it''s", '5:14 yaml groups.web.runbook: this quotation mark is never closed'],
    ['// a remark', '5:5 yaml groups.web: this line is no key with a value'],
  ])('%j', (lines, told) => {
    expect(ofGroup(lines)).toEqual([told]);
  });

  test.each([
    [
      'notify:\n  channels:\n    a: { slackBot: ssm:/x, channel: #ops }\n  routes: []',
      '3:37 yaml notify.channels.a.channel: a comment begins with this #, so that the "{" before it is never closed | put the value of "channel" between quotation marks',
    ],
    [
      'notify:\n  routes:\n  - { on: [a], to: [b] }\n\n  - { on: [held, to: [slack] }',
      '5:11 yaml notify.routes[1].on: this "[" is never closed',
    ],
    [
      'notify:\n  routes:\n  - on: [a]\n    to: [b]\n  - on: [a]\n    to: @b',
      '6:9 yaml notify.routes[1].to: a value cannot begin with @ | put the value of "to" between quotation marks',
    ],
  ])('%j', (text, told) => {
    expect(linesOf(text)).toEqual([told]);
  });

  test.each([
    [
      '{ "version": 1 "groups": {} }',
      '1:24 yaml : found ": " within a value | put a comma before "groups"; or put it between quotation marks',
    ],
    ['{ "version": 1, "groups": { "web": {} }\n', '1:1 yaml : this "{" is never closed'],
    [
      '{ "version": @1 }',
      '1:14 yaml : a value cannot begin with @ | put it between quotation marks',
    ],
  ])('on a line, too: %j', (text, told) => {
    expect(linesOf(text)).toEqual([told]);
  });

  test('and a line below the value of a quoted key is told of', () => {
    expect(linesOf('"a": 1\n  "b": 2')).toEqual([
      '2:3 yaml : this line is indented below a key, which has a value already',
    ]);
  });

  test('and what is no trap is told in general words', () => {
    expect(linesOf('{}|\n1').join()).toContain('found text that does not belong here');
  });

  test('and a value that stands below its key may begin with a word and a colon', () => {
    expect(ofGroup('runbook:\n  https://example.com/runbook')).toEqual([]);
    expect(linesOf('ssm:/x')).toEqual(['1:1 wrong-type : found "ssm:/x"']);
  });

  test('and what is no text is told as it is', () => {
    expect(ofGroup('behavior: [{ toString: x }]')).toEqual([
      '5:15 wrong-type groups.web.behavior: found a list',
    ]);
    expect(
      ofGroup('health: { targetGroup: targetgroup/a/1, loadBalancer: app/a/1, also: a:b }').join(),
    ).toContain('found "a:b"');
  });

  test('and a quoted key may have one', () => {
    expect(linesOf('{ "a:b": }').join()).toContain('unknown key "a:b"');
  });
});

describe('a character that only looks right is named', () => {
  test.each([
    ['\u00a0behavior: {}', '5:5 yaml groups.web: found a no-break space'],
    [
      'behavior:\n\u00a0 tolerance: 3%\n  scaleIn: {}',
      '6:5 yaml groups.web: found a no-break space',
    ],
    [
      'behavior:\n  tolerance:\u00a03%',
      '6:17 yaml groups.web.behavior.tolerance: found a no-break space',
    ],
    [
      'behavior: {\u2003tolerance: 3% }',
      '5:16 yaml groups.web.behavior: found an odd space (U+2003)',
    ],
    ['\u200bbehavior: {}', '5:5 yaml groups.web: found an invisible character (U+200B)'],
    ['metrics:\n  -\u00a0{ a: [b], c: 1 }', '6:8 yaml groups.web.metrics: found a no-break space'],
  ])('%j', (lines, told) => {
    const [first] = ofGroup(lines);
    expect(first).toContain(told);
  });

  test('and may stand within a text', () => {
    expect(ofGroup('runbook: "\u00a0x\u00a0"').join()).not.toContain('no-break space');
    expect(ofGroup('behavior: { on\u00a0Missing: hold }').join()).not.toContain('no-break space');
  });
});

describe('the consequences of one slip are left out', () => {
  const AFTER = '    behavior: {}\n    metrics: {}\n    rules: {}\nnotify:\n  channels: {}\n';

  test.each([
    [
      'a tab',
      `groups:\n  web:\n    autoScalingGroup: x\n\t  capacity: {}\n${AFTER}`,
      ['4:1 yaml : found a tab'],
    ],
    [
      'a tab before the first key',
      `groups:\n  web:\n\tautoScalingGroup: x\n${AFTER}`,
      ['3:1 yaml : found a tab'],
    ],
    [
      'a line too far to the right',
      `groups:\n  web:\n      autoScalingGroup: x\n${AFTER}`,
      ['4:1 yaml : this line is not indented as its neighbours are'],
    ],
    [
      'a bracket too many',
      `groups:\n  web: { autoScalingGroup: x } }\n${AFTER}a: @x\n`,
      ['2:32 yaml groups.web: found a "}" that closes nothing'],
    ],
    [
      'a line below a value and a comment',
      `groups:\n  web:\n    autoScalingGroup: x\n\n    # more\n      capacity: {}\n${AFTER}`,
      ['6:1 yaml : this line is not indented as its neighbours are'],
    ],
    [
      'a line right below a value',
      `groups:\n  web:\n    autoScalingGroup: x\n      capacity: {}\n${AFTER}`,
      [
        '4:7 yaml groups.web.autoScalingGroup: this line is indented below "autoScalingGroup", which has a value already',
      ],
    ],
    [
      'marks of a merge conflict',
      `groups:\n<<<<<<< HEAD\n  web: {}\n=======\n  api: {}\n>>>>>>> other\n`,
      [2, 4, 6].map((line) => `${line}:1 yaml : found a mark of a merge conflict`),
    ],
  ])('%s', (_, text, told) => {
    expect(linesOf(text)).toEqual(told);
  });

  test('and another mistake is told beside it', () => {
    const lines = linesOf(`groups:\n  web:\n\tautoScalingGroup: x\n${AFTER}a: @x\n`);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['3:1', '9:4']);
  });

  test('a second document is marked at its three hyphens', () => {
    expect(problemsIn('a: 1\n---\nb: 1')[0]?.frame).toMatch(/\| \^\^\^$/);
  });
});

describe('a key that stands twice', () => {
  const FORECAST = 'load: { forecast: requests, perInstance: 45 }';
  const METRICS =
    'metrics: { requests: { preset: alb-requests, loadBalancer: app/web/50dc6c495c0c9188, targetGroup: targetgroup/web/73e2d6bc24d8a067 }, cpu: { preset: asg-cpu } }';

  test.each([
    ['rules', `rules: { ${FORECAST} }\nrules: { a: { when: cpu > 70 for 3m, then: add 1 } }`],
    ['load', `rules:\n  ${FORECAST}\n  load: { when: cpu > 70 for 3m, then: add 1 }`],
    ['metrics', `rules: { ${FORECAST} }\nmetrics: { other: { preset: asg-cpu } }`],
    ['capacity', `capacity: { min: 1, max: 3 }\ncapacity: { max: 0 }`],
  ])('%s says nothing of what is missing or does not go together', (key, lines) => {
    expect(ofGroup(`warmPool: { wake: 1m }\n${METRICS}\n${lines}`)).toEqual([
      expect.stringContaining(`duplicate-key : "${key}" stands here a second time`),
    ]);
  });
});

describe('what cannot be read is not missing', () => {
  test.each(['min: 50%', 'max: 50%', 'capacity: few'])(
    'a schedule with %s changes something',
    (bound) => {
      const lines = ofGroup(
        `rules:\n  day: { schedule: { start: 0 8 * * *, end: 0 18 * * *, timezone: UTC }, ${bound} }`,
      );
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(`groups.web.rules.day.${bound.split(':')[0]}`);
    },
  );

  test('a schedule without a bound changes nothing', () => {
    expect(
      ofGroup('rules:\n  day: { schedule: { start: 0 8 * * *, end: 0 18 * * *, timezone: UTC } }'),
    ).toEqual(['6:7 conflict groups.web.rules.day: it changes nothing']);
  });

  test.each(['rules: none', 'rules: { load: { forecast: cpu, when: cpu > 70, then: add 1 } }'])(
    'a warm pool beside %s may have its forecast',
    (rules) => {
      const lines = ofGroup(
        `metrics: { cpu: { preset: asg-cpu } }\nwarmPool: { wake: 1m }\n${rules}`,
      );
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toContain('warmPool');
    },
  );
});

test.each(['version: 1\ngroups: [ , ]\n', 'version: 1\ngroups: { a: 1, , b: 2 }\n'])(
  'a comma with nothing before it is told of: %j',
  (text) => {
    const parsed = parseConfiguration(text, { file: 'any.yml', prefix: 'tidegate-dev' });

    expect(JSON.stringify(parsed)).toContain('found a comma with nothing before it');
  },
);
