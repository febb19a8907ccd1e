import { describe, expect, test } from '@jest/globals';
import { lint } from '#domain/lint/lint.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup } from '#test/parse/configuration/problems-in.ts';
import { codesOf, METRICS, NOTIFY, of } from './findings-of.ts';

const CPU_UP = 'up: { when: cpu > 70, then: add 2 }';
const CPU_DOWN = 'down: { when: cpu < 30, then: remove 1 }';
const BUSY = 'busy: { when: requests > 1000, then: add 2, onMissing: ignore }';

describe('rules on two metrics of one load', () => {
  test('flap where both fire, which is said with the load of a unit', () => {
    expect(of('rules-flap', `${CPU_DOWN}, ${BUSY}`)).toEqual([
      {
        code: 'rules-flap',
        group: 'web',
        rules: ['down', 'busy'],
        message: 'down removes by cpu what busy adds by requests',
        why: expect.any(String),
        example:
          'at a load of requests 1000 for each unit with cpu below 30, both fire: of 3 units down makes 2; the same load is then requests 1500, above 1000, and busy makes 4',
        fix: expect.stringContaining('IF(a < 30 AND FILL(b, 0) < 500, 1, 0)'),
      },
    ]);
  });

  test('never show a value that a metric cannot have', () => {
    const [found] = of('rules-flap', `${CPU_UP}, idle: { when: requests < 200, then: remove 1 }`);
    expect(found?.example).toContain('the same load is then cpu 100, above 70, and up makes 4');
  });

  test.each([
    ['bands', 'a: { step: cpu, bands: [{ below: 30, then: remove 10% }] }'],
    ['a rule that follows', 'a: { track: cpu, target: 50 }'],
    ['a rule that sets', 'a: { when: cpu < 30, then: set 2 }'],
    ['traffic of the network', 'a: { when: net < 30, then: remove 1 }'],
  ])('flap by %s', (_title, rule) => {
    expect(of('rules-flap', `${rule}, ${BUSY}`)).toMatchObject([{ rules: ['a', 'busy'] }]);
  });

  test.each([
    ['one of them measures something else', `idle: { when: memory < 30, then: remove 1 }, ${BUSY}`],
    ['one of them is a maximum', `idle: { when: top < 30, then: remove 1 }, ${BUSY}`],
    ['one of them is nothing that is known', `idle: { when: orders < 9, then: remove 1 }, ${BUSY}`],
    ['the removal goes by both', `idle: { when: filled < 9, then: remove 1 }, ${BUSY}`],
    ['one of them is a shadow', `${CPU_DOWN.replace('1 }', '1, mode: shadow }')}, ${BUSY}`],
    ['nothing adds', `${CPU_DOWN}, idle: { when: requests > 9, then: remove 1 }`],
    [
      'the other metric is followed, too',
      `${CPU_DOWN}, ${BUSY}, t: { track: requests, target: 500 }`,
    ],
    ['a total is followed', `a: { track: cpu, target: 50 per unit }, ${BUSY}`],
  ])('do not flap when %s', (_title, rules) => {
    expect(of('rules-flap', rules)).toEqual([]);
  });

  test('flap although a rule of a ballot follows the other metric: it may be outvoted', () => {
    const rules = `${CPU_DOWN}, ${BUSY}, t: { track: requests, target: 500, ballot: a }`;
    expect(of('rules-flap', rules)).toMatchObject([{ rules: ['down', 'busy'] }]);
  });

  test('flap where a group has no bounds of its own', () => {
    const text = fileWithGroup([METRICS, `rules: { ${CPU_DOWN}, ${BUSY} }`].join('\n'));
    const parsed = parseConfiguration(`${text}\n${NOTIFY}`, { file: 't.yml', prefix: 't' });
    const codes = parsed.ok ? lint(parsed.value).map(({ code }) => code) : [];
    expect(codes).toEqual(['rules-flap', 'no-floor', 'no-ceiling', 'demand-not-followed']);
  });

  test('do not flap when the bounds leave no room', () => {
    expect(of('rules-flap', `${CPU_DOWN}, ${BUSY}`, { min: 10 })).toEqual([]);
  });
});

describe('schedules', () => {
  const OFFICE = 'schedule: { start: "0 8 * * *", end: "0 18 * * *", timezone: UTC }';
  const NIGHT = 'schedule: { start: "0 18 * * *", end: "0 8 * * *", timezone: UTC }';

  test.each([
    ['raise a minimum', `a: { ${OFFICE}, min: 3 }`, ['never-shrinks']],
    ['raise by a wish', `a: { ${OFFICE}, capacity: 3 }`, ['never-shrinks']],
    ['raise nothing', `a: { ${OFFICE}, min: 2 }`, []],
    ['are lowered by a maximum', `a: { ${OFFICE}, min: 3 }, b: { ${NIGHT}, max: 2 }`, []],
    ['are lowered by a wish', `a: { ${OFFICE}, capacity: 5 }, b: { ${NIGHT}, capacity: 2 }`, []],
    [
      'raise twice the same',
      `a: { ${OFFICE}, capacity: 5 }, b: { ${NIGHT}, capacity: 5 }`,
      ['never-shrinks'],
    ],
    ['are lowered by a rule', `a: { ${OFFICE}, min: 3 }, ${CPU_DOWN}, ${CPU_UP}`, []],
    [
      'are lowered by a shadow',
      `a: { ${OFFICE}, min: 3 }, ${CPU_DOWN.replace('1 }', '1, mode: shadow }')}`,
      ['never-shrinks'],
    ],
  ])('that %s', (_title, rules, codes) => {
    expect(codesOf(rules).filter((code) => code !== 'rules-flap')).toEqual(codes);
  });

  test('count from nothing where the group has no minimum of its own', () => {
    const text = `version: 1\ngroups: { web: { autoScalingGroup: a, rules: { a: { ${OFFICE}, min: 1 } } } }\n${NOTIFY}`;
    const parsed = parseConfiguration(text, { file: 't.yml', prefix: 't' });
    expect(parsed.ok && lint(parsed.value).map(({ code }) => code)).toEqual(['never-shrinks']);
  });
});

describe('workers of a queue', () => {
  const UP = 'up: { when: visible > 100, then: add 1 }';

  test.each([
    ['removes by visible messages', 'down: { when: visible < 1, then: remove 1 }', ['down']],
    ['sets by visible messages', 'down: { when: visible < 1, then: set 2 }', ['down']],
    [
      'has a band for few visible messages',
      'down: { step: visible, bands: [{ below: 1, then: remove 1 }] }',
      ['down'],
    ],
    ['removes when there are many', 'down: { when: visible > 1, then: remove 1 }', ['down']],
    ['follows visible messages', 'down: { track: visible, target: 10 per unit }', ['down']],
    ['computes by visible messages', 'down: { desired: visible / 10 }', ['down']],
    ['computes by both', 'down: { desired: (visible + flying) / 10 }', []],
    ['removes by both', 'down: { when: work < 1, then: remove 1 }', []],
    ['sets when there are many', 'down: { when: visible > 1, then: set 9 }', []],
    ['only adds', 'down: { when: visible > 9, then: add 1 }', []],
    ['goes by an alarm of its own', 'down: { when: { alarm: x }, then: remove 1 }', []],
    ['is a shadow', 'down: { when: visible < 1, then: remove 1, mode: shadow }', []],
  ])('are ended in their work by a rule that %s', (_title, rule, rules) => {
    expect(of('ends-busy-workers', `${UP}, ${rule}`).flatMap((found) => found.rules)).toEqual(
      rules,
    );
  });
});

describe('metrics that are there only while requests come', () => {
  const blind = (rules: string) => of('blind-when-idle', rules).flatMap((found) => found.rules);

  test.each([
    ['a condition', 'a: { when: requests > 9, then: add 1 }', ['a']],
    ['a rate', 'a: { when: errors > 9, then: add 1 }', ['a']],
    ['all requests', 'a: { when: asked > 9, then: add 1 }', ['a']],
    ['a rule that follows', 'a: { track: requests, target: 9 }', ['a']],
    ['an expression', 'a: { desired: requests / 9 }', ['a']],
    ['metric math', 'a: { when: bare > 9, then: add 1 }', ['a']],
    ['metric math that fills only errors', 'a: { when: errors > 9, then: add 1 }', ['a']],
    ['metric math that fills', 'a: { when: filled > 9, then: add 1 }', []],
    ['a count of hosts', 'a: { when: healthy < 1, then: add 1 }', []],
    ['a rule that ignores it', 'a: { when: requests > 9, then: add 1, onMissing: ignore }', []],
    ['a rule that takes 0', 'a: { track: requests, target: 9, onMissing: zero }', []],
    ['a shadow', 'a: { when: requests > 9, then: add 1, mode: shadow }', []],
  ])('hold back removals through %s', (_title, rule, rules) => {
    expect(blind(`${rule}, ${CPU_DOWN}`)).toEqual(rules);
  });

  test('hold back nothing where nothing is ever removed', () => {
    expect(blind('a: { when: requests > 9, then: add 1 }')).toEqual([]);
  });

  test('are told together, with what to do', () => {
    const rules = `a: { when: requests > 9, then: add 1 }, b: { when: requests > 99, then: add 5 }, c: { when: errors > 5, then: add 1 }, ${CPU_DOWN}`;
    expect(of('blind-when-idle', rules)).toMatchObject([
      {
        rules: ['a', 'b', 'c'],
        message:
          'requests and errors have data only while requests come, and without data nothing is removed',
      },
    ]);
    expect(
      of('blind-when-idle', `a: { when: requests > 9, then: add 1 }, ${CPU_DOWN}`),
    ).toMatchObject([
      {
        message: 'requests has data only while requests come, and without data nothing is removed',
      },
    ]);
  });
});

describe('a group that may stand at 0', () => {
  const stuck = (rules: string, body = '') => of('never-leaves-zero', rules, { min: 0, body });
  const DOWN = 'down: { when: work < 1, then: remove 1 }';

  test.each([
    ['in percent', 'up: { when: visible > 70, then: add 10% }'],
    ['in percent bands', 'up: { step: visible, bands: [{ above: 70, then: add 10% }] }'],
    ['by setting 0', 'up: { when: visible > 70, then: set 0 }'],
    ['by CPU', 'up: { when: cpu > 70, then: add 2 }'],
    ['by following CPU', 'up: { track: cpu, target: 50 }'],
    ['by requests for each target', 'up: { when: requests > 70, then: add 2 }'],
    ['by all requests', 'up: { when: asked > 70, then: add 2 }'],
    ['by memory', 'up: { when: memory > 70, then: add 2 }'],
    ['by CPU among others', 'up: { desired: visible / 10 + cpu }'],
    ['by dividing by the capacity', 'up: { desired: "ceil(visible / capacity)" }'],
    ['by multiplying the capacity', 'up: { desired: "capacity * visible / 50" }'],
  ])('never leaves it by rules that add %s', (_title, rule) => {
    expect(stuck(`${rule}, ${DOWN}`)).toHaveLength(1);
  });

  test.each([
    ['in units', 'up: { when: visible > 70, then: add 1 }'],
    ['by setting some', 'up: { when: visible > 70, then: set 1 }'],
    [
      'in percent bands of a least change',
      'up: { step: visible, atLeast: 1, bands: [{ above: 70, then: add 10% }] }',
    ],
    ['by an alarm of their own', 'up: { when: { alarm: x }, then: add 1 }'],
    ['by following a queue', 'up: { track: visible, target: 50 per unit }'],
    ['by computing', 'up: { desired: "ceil(visible / 10)" }'],
    ['by computing with care', 'up: { desired: "capacity == 0 ? 1 : visible / capacity" }'],
    ['by CPU or a fallback', 'up: { track: cpu, target: 50, onMissing: fallback 1 }'],
    ['by CPU, and another by a queue', `${CPU_UP}, more: { when: visible > 1, then: add 1 }`],
    [
      'by CPU, beside a schedule',
      `${CPU_UP}, day: { schedule: { start: "0 8 * * *", end: "0 9 * * *", timezone: UTC }, min: 1 }`,
    ],
    ['not at all', ''],
  ])('leaves it by rules that add %s', (_title, rule) => {
    expect(stuck(`${rule === '' ? '' : `${rule}, `}${DOWN}`)).toEqual([]);
  });

  test('says what is divided, multiplied and not seen there', () => {
    const messages = ['ceil(visible / capacity)', 'capacity * visible'].map(
      (text) => stuck(`up: { desired: "${text}" }, ${DOWN}`)[0],
    );
    expect(messages).toMatchObject([
      {
        rules: ['up'],
        message: 'the group may stand at 0, and up divides by the capacity',
        example: 'at 0 units "ceil(visible / capacity)" is no number',
      },
      {
        message: 'the group may stand at 0, and up multiplies the capacity',
        example: 'at 0 units "capacity * visible" is never more than 0',
      },
    ]);
  });

  test.each([
    'limits: [{ add: 100%, per: 1m }]',
    'limits: [{ add: 100%, per: 1m }, { add: 4, per: 1m }], select: min',
    'select: disabled',
  ])(
    'is not held there by its limits, of which a share of nothing allows one unit: %s',
    (words) => {
      const rules = `up: { when: visible > 1, then: add 1 }, ${DOWN}`;
      expect(stuck(rules, `behavior: { scaleOut: { ${words} } }`)).toEqual([]);
    },
  );

  test('has a rule without a value there beside those that lead away from it', () => {
    const rules = `up: { when: visible > 1, then: add 1 }, share: { desired: "ceil(visible / capacity)" }, ${DOWN}`;

    expect(of('no-value-at-zero', rules, { min: 0 })).toMatchObject([
      {
        rules: ['share'],
        message:
          'the group may stand at 0, and share has no value there: it divides by the capacity',
        example: 'at 0 units "ceil(visible / capacity)" is no number',
      },
    ]);
    expect(of('no-value-at-zero', rules, { min: 1 })).toEqual([]);
  });

  test('is no matter of groups with a larger minimum', () => {
    expect(of('never-leaves-zero', CPU_UP, { min: 1 })).toEqual([]);
  });
});

describe('who hears of it', () => {
  const heard = (notify: string, body = '') =>
    of('nobody-is-told', `${CPU_UP}, ${CPU_DOWN}`, { notify, body });
  const channels = 'channels: { ops: { email: a@b.de } }';
  const ALERT = 'alerts: { hot: { group: web, when: cpu > 95, severity: critical } }';

  test('is nobody without a channel', () => {
    expect(heard('')).toMatchObject([{ group: 'notify', message: 'there is no channel' }]);
  });

  test.each([
    ['[failed, blocked, at-max]', '', []],
    ['[failed, blocked]', '', ['at-max']],
    ['[scaled]', '', ['failed, blocked, at-max']],
    ['[failed, blocked, at-max]', ', groups: [web]', []],
    ['[failed, blocked, at-max]', ', severity: [critical]', ['at-max']],
    ['[failed, blocked, at-max]', ', severity: [warning]', ['failed, blocked']],
  ])('is whom a route of %s%s leads to', (on, more, missing) => {
    const found = heard(`notify: { ${channels}, routes: [{ on: ${on}${more}, to: [ops] }] }`);
    expect(found.map(({ message }) => message)).toEqual(
      missing.map((kinds) => `no route leads ${kinds} of web to a channel`),
    );
  });

  test.each([
    ['[alert]', []],
    ['[alarm]', ['no route leads the alert hot to a channel']],
  ])('of an alert is whom a route of %s leads to', (on, messages) => {
    const routes = `routes: [{ on: [failed, blocked, at-max], to: [ops] }, { on: ${on}, to: [ops] }]`;
    const found = heard(`${ALERT}\nnotify: { ${channels}, ${routes} }`);
    expect(found.map(({ message }) => message)).toEqual(messages);
  });
});

describe('a group without rules', () => {
  test('is found, unless its targets are looked after', () => {
    const health =
      'health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188 }';
    expect(codesOf('')).toEqual(['no-rules']);
    expect(codesOf('', { body: health })).toEqual([]);
  });
});

describe('a forecast', () => {
  const found = (metric: string, more = '') =>
    of('forecast-of-no-demand', `load: { forecast: ${metric}, perInstance: 45${more} }`);

  test.each([
    ['cpu', 'twice the instances halve cpu, and the forecast asks for half of them'],
    ['requests', 'twice the instances halve requests, and the forecast asks for half of them'],
    ['bare', 'twice the instances halve bare, and the forecast asks for half of them'],
    [
      'visible',
      'twice the workers empty the queue, visible falls to 0, and the forecast asks for none of them',
    ],
  ])('of %s is none of demand', (metric, example) => {
    expect(found(metric)).toMatchObject([
      {
        rules: ['load'],
        message: `load forecasts ${metric}, which falls when capacity is added`,
        example,
      },
    ]);
  });

  test('of no demand is found in shadow, too', () => {
    expect(found('cpu', ', mode: shadow')).toHaveLength(1);
  });

  test.each(['asked', 'orders'])('of %s is one of demand', (metric) => {
    expect(found(metric)).toEqual([]);
  });
});
