import { describe, expect, test } from '@jest/globals';
import { knobsIn } from '#parse/configuration/edit/knobs.ts';
import { setInText, textAt } from '#parse/configuration/edit/set-in-text.ts';

const FILE = `version: 1 # one
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 10 } # bounds
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      # the target
      load: { track: cpu, target: 60 }
      jobs: { track: cpu, target: '100 per unit' }
      high: { when: cpu > 70.5 for 3m, then: add 2 }
      office: { schedule: { start: "0 8 * * *", end: "0 9 * * *" }, min: 4 }
    behavior:
      scaleIn: { cooldown: 5m }
`;

describe('a value in a text', () => {
  test.each([
    [['groups', 'web', 'rules', 'load', 'target'], '66', 'load: { track: cpu, target: 66 }'],
    [['groups', 'web', 'capacity', 'min'], '3', 'capacity: { min: 3, max: 10 } # bounds'],
    [['groups', 'web', 'behavior', 'scaleIn', 'cooldown'], '0s', 'scaleIn: { cooldown: 0s }'],
    [
      ['groups', 'web', 'behavior', 'scaleIn', 'stabilize'],
      '8m',
      'scaleIn: { stabilize: 8m, cooldown: 5m }',
    ],
  ] as const)('at %j becomes %s, and all else stays', (path, value, line) => {
    const changed = setInText(FILE, [...path], value).split('\n');
    const lines = FILE.split('\n');
    const different = changed.filter((each, index) => each !== lines[index]);

    expect(different.map((each) => each.trim())).toEqual([line]);
    expect(changed).toHaveLength(lines.length);
  });

  test('that is not there is added at the end of its mapping', () => {
    expect(setInText(FILE, ['groups', 'web', 'behavior', 'scaleOut', 'cooldown'], '1m')).toBe(
      `${FILE.trimEnd()}\n      scaleOut: { cooldown: 1m }\n`,
    );
    expect(setInText(FILE, ['groups', 'web', 'rules', 'new', 'target'], '1')).toContain(
      'min: 4 }\n      new: { target: 1 }\n    behavior:',
    );
    expect(setInText('a:\n  b: 1', ['a', 'c'], '2')).toBe('a:\n  b: 1\n  c: 2');
    expect(setInText('a: {}', ['a', 'c'], '2')).toBe('a: { c: 2 }');
  });

  test('behind what is no mapping stays as it is', () => {
    expect(setInText(FILE, ['version', 'a'], '1')).toBe(FILE);
    expect(setInText(FILE, ['groups'], '1')).toBe(FILE);
    expect(setInText('', ['groups'], '1')).toBe('');
  });

  test('is read as it was written', () => {
    expect(textAt(FILE, ['groups', 'web', 'rules', 'jobs', 'target'])).toBe("'100 per unit'");
    expect(textAt(FILE, ['groups', 'web'])).toBeUndefined();
    expect(textAt(FILE, ['nothing'])).toBeUndefined();
  });
});

describe('the knobs of a group', () => {
  const shown = (text: string, group = 'web') =>
    knobsIn(text, { name: group }).map(({ path, now, values }) => [
      path.slice(2).join('.'),
      now,
      values,
    ]);

  test('are targets, thresholds, schedules, the minimum and the margins', () => {
    expect(shown(FILE)).toEqual([
      ['rules.load.target', '60', ['42', '51', '69', '78', '90']],
      [
        'rules.jobs.target',
        "'100 per unit'",
        ['70', '85', '115', '130', '150'].map((each) => `'${each} per unit'`),
      ],
      [
        'rules.high.when',
        'cpu > 70.5 for 3m',
        ['49.3', '59.9', '81.1', '91.7', '106'].map((each) => `cpu > ${each} for 3m`),
      ],
      ['rules.office.min', '4', ['3', '5', '6']],
      ['capacity.min', '2', ['1', '3']],
      ['behavior.tolerance', undefined, ['0%', '3%', '10%']],
      ['behavior.scaleOut.cooldown', undefined, ['0s', '1m', '3m']],
      ['behavior.scaleIn.cooldown', '5m', ['0s', '5m', '10m']],
      ['behavior.scaleIn.stabilize', undefined, ['0s', '5m', '8m', '15m']],
    ]);
  });

  test.each([
    [
      'target: 80rps per unit',
      ['56', '68', '92', '104', '120'].map((each) => `${each}rps per unit`),
    ],
    [
      "target: '4800rpm per unit'",
      ['3360', '4080', '5520', '6240', '7200'].map((each) => `'${each}rpm per unit'`),
    ],
    ['perInstance: 45rps', ['31.5', '38.3', '51.7', '58.5', '67.5'].map((each) => `${each}rps`)],
    ['perInstance: 45/s', ['31.5', '38.3', '51.7', '58.5', '67.5'].map((each) => `${each}/s`)],
    ['perInstance: 45', ['31.5', '38.3', '51.7', '58.5', '67.5']],
    ['margin: 10%', ['7%', '8.5%', '11.5%', '13%', '15%']],
    ['perInstance: auto', undefined],
    ['margin: 0%', undefined],
  ])('are tried for %s in its own words', (field, values) => {
    const text = `groups: { web: { rules: { load: { ${field} } } } }`;
    const found = shown(text).filter(([path]) => String(path).startsWith('rules.load'));
    expect(found.map(([, , tried]) => tried)).toEqual(values === undefined ? [] : [values]);
  });

  test('of a group without rules are the margins, and a number that cannot change is no knob', () => {
    const bare = 'groups: { web: { capacity: { min: 0 }, rules: {} } }';

    expect(shown(bare).map(([path]) => path)).toEqual([
      'behavior.tolerance',
      'behavior.scaleOut.cooldown',
      'behavior.scaleIn.cooldown',
      'behavior.scaleIn.stabilize',
    ]);
    expect(shown('groups: {}')).toHaveLength(4);
    expect(shown('groups: { web: { rules: { a: { target: none } } } }')).toHaveLength(4);
  });
});
