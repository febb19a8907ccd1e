import { describe, expect, test } from '@jest/globals';
import { readYaml } from '#parse/configuration/yaml/read-yaml.ts';
import { linesOf, problemsIn } from './problems-in.ts';

const placesOf = (text: string) =>
  problemsIn(text).map(({ line, column, code, path }) => [line, column, code, path]);

describe('a text that is no YAML', () => {
  test('is told of once for each line, however often the parser stumbles there', () => {
    const slip = 'groups:\n  web:\n   autoScalingGroup: web\n  - oops\n';

    expect(placesOf(slip)).toEqual([[4, 1, 'yaml', '']]);
    expect(placesOf(`${slip}a: @x\n`).map(([line]) => line)).toEqual([4, 5]);
  });

  test.each([
    ['a:\n\tb: 1', '2:1 yaml : found a tab'],
    ['a: cpu: x', '1:7 yaml a: found ": " within a value | put the value of "a"'],
    ['a: @x', '1:4 yaml a: a value cannot begin with @ | put the value of "a"'],
    ['a: 1\n---\nb: 1', '2:1 yaml : a second document begins here'],
    ['? [a]\n: 1', '1:3 yaml : this key is not a plain word'],
    ['a: !env X', '1:4 yaml a: found a YAML tag | remove the word'],
    ['a: !!str X', '1:10 yaml a: found a YAML tag | remove the word'],
    [
      '%YAML 1.1\n---\na: on',
      '1:1 yaml : the file asks for another version of YAML | remove the line',
    ],
    [
      'a: { <<: {} }',
      '1:6 yaml a: found a merge key, which is no part of YAML 1.2 | write the keys',
    ],
    ['a: *b', '1:4 yaml a: the alias "*b" stands for nothing'],
    ['a: &a [*a]', '1:8 yaml a: the alias "*a" stands for nothing'],
    ['a: "x', '1:4 yaml a: this quotation mark is never closed'],
    ['a: @x # why', '1:4 yaml a: a value cannot begin with @ | put the value of "a"'],
    ['"a\nb": 1', '1:1 yaml : this line is no key with a value'],
    ['', '1:1 missing-key : the file is empty | begin with a copy'],
    ['# only a comment\n', '1:1 missing-key : the file is empty | begin with a copy'],
  ])('%j', (text, line) => {
    expect(linesOf(text)).toEqual([expect.stringContaining(line)]);
  });

  test('shows every mistake of its grammar', () => {
    expect(placesOf('a: @x\nb: `x`')).toEqual([
      [1, 4, 'yaml', 'a'],
      [2, 4, 'yaml', 'b'],
    ]);
  });
});

describe('the place of a mistake', () => {
  test.each([
    [
      'the value',
      'version: 2\ngroups: { w: { autoScalingGroup: w } }',
      [[1, 10, 'bad-value', 'version']],
    ],
    [
      'the key of a value that is missing',
      'version: 1\ngroups:\n  w:\n',
      [[3, 3, 'wrong-type', 'groups.w']],
    ],
    [
      'the key of the mapping that lacks a key',
      'version: 1\ngroups:\n  w: {}\n',
      [[3, 3, 'missing-key', 'groups.w.autoScalingGroup']],
    ],
    [
      'the beginning of a file that lacks a key',
      '\n# a comment\ngroups: { w: { autoScalingGroup: w } }',
      [[1, 1, 'missing-key', 'version']],
    ],
    [
      'the item of a list that lacks a key',
      'version: 1\ngroups: { w: { autoScalingGroup: w } }\nnotify:\n  routes:\n    - on: [held]\n    - {}',
      [
        [5, 7, 'missing-key', 'notify.routes[0].to'],
        [6, 7, 'missing-key', 'notify.routes[1].on'],
        [6, 7, 'missing-key', 'notify.routes[1].to'],
      ],
    ],
    [
      'the first line of a mapping',
      'version: 1\ngroups: [\n  1]',
      [[2, 9, 'wrong-type', 'groups']],
    ],
    [
      'the second of two equal keys, and what it says',
      'version: 1\nversion: 2\ngroups: { w: { autoScalingGroup: w } }',
      [
        [2, 1, 'duplicate-key', ''],
        [2, 10, 'bad-value', 'version'],
      ],
    ],
    [
      'what an alias stands for',
      'version: 1\ngroups:\n  a: &a { autoScalingGroup: a, x: 1 }\n  b: *a',
      [
        [3, 32, 'unknown-key', 'groups.a.x'],
        [3, 32, 'unknown-key', 'groups.b.x'],
        [3, 29, 'conflict', 'groups.b.autoScalingGroup'],
      ].sort(([, one], [, other]) => Number(one) - Number(other)),
    ],
    [
      'an alias that stands for a wrong value',
      'version: 1\ngroups: { a: { autoScalingGroup: &x a }, b: *x }',
      [[2, 45, 'wrong-type', 'groups.b']],
    ],
  ])('is %s', (_, text, places) => {
    expect(placesOf(text)).toEqual(places);
  });

  const fileWithWhen = (when: string) => `version: 1
groups:
  w:
    autoScalingGroup: w
    rules:
      a:
        then: add 1
        when: ${when}`;

  test.each([
    ['a part of a plain text', 'cpu > x', 21],
    ['a part of a text between double quotes', '"cpu > x"', 22],
    ['a part of a text between single quotes', "'cpu > x'", 22],
    ['the whole of a text with escapes', '"cpu \\x3e x"', 15],
    ['the sign that begins a folded text', '>\n          cpu > x', 15],
  ])('is %s', (_, when, column) => {
    expect(placesOf(fileWithWhen(when))).toEqual([
      [8, column, 'bad-value', 'groups.w.rules.a.when'],
    ]);
  });

  test('is the first line of a text over several lines', () => {
    const [problem] = problemsIn(fileWithWhen('"cpu\n          > x"'));
    expect(problem).toMatchObject({ line: 8, column: 15 });
    expect(problem?.frame).toMatch(/\| {15}\^\^\^\^$/);
  });

  test.each([
    [['a', 'b', 'c', 'd'], { start: 5, end: 6 }],
    [['a', 'x'], { start: 0, end: 1 }],
    [['n', 'm', 'x'], { start: 17, end: 18 }],
    [['x'], { start: 0, end: 0 }],
  ])('is the deepest key that there is on the path %j', (path, range) => {
    const file = readYaml('a: { b: 1 }\nn: { m }');
    const place = file.ok && file.value.placeOf({ path, code: 'bad-value', message: '' });
    expect(place).toEqual(range);
  });

  test('is an alias, if the text stands elsewhere', () => {
    const text =
      'version: 1\ngroups: { w: { autoScalingGroup: &x w, rules: { a: { then: *x, when: { alarm: b } } } } }';
    expect(placesOf(text)).toEqual([[2, 60, 'bad-value', 'groups.w.rules.a.then']]);
  });
});

test.each(['}', ']', '"', '{}', '*a', '%'])(
  'a text of nothing but %s is refused by its first lines',
  (line) => {
    const { length } = problemsIn(`${line}\n`.repeat(60));
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(20);
  },
);

describe('a file that is too large', () => {
  const padded = (length: number) => 'version: 2\n#'.padEnd(length, 'x');
  const tooLarge = (what: string) => [`1:1 too-large : the file has ${what}`];

  test('has more than 256 KiB', () => {
    expect(linesOf(padded(262_144))).toHaveLength(2);
    expect(linesOf(padded(262_145))).toEqual(tooLarge('more than 262144 characters'));
  });

  test('nests more than 32 levels', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(placesOf(nested(33))).toEqual([[1, 1, 'wrong-type', '']]);
    expect(linesOf(nested(34))).toEqual(tooLarge('more than 32 levels of nesting'));
  });

  test('has more than 100,000 values once its aliases are written out', () => {
    const items = (count: number) => `&x [${'1,'.repeat(count)}]`;
    const text = (count: number) => `[${items(count)}, ${'*x,'.repeat(9)}]`;
    expect(placesOf(text(9_998))).toEqual([[1, 1, 'wrong-type', '']]);
    expect(linesOf(text(10_000))).toEqual(tooLarge('more than 100000 values, aliases written out'));
  });
});
