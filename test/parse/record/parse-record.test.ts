import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { err, ok } from '#domain/basics/result.ts';
import { parseRecord, recordJsonSchema } from '#parse/record/parse-record.ts';
import { aGroup, aHealedGroup, aHealthObservation, anObservation } from '#test/support/builders.ts';

const SOUND = { schemaVersion: 1, observation: anObservation() };

const EXPRESSION = {
  kind: 'expression',
  name: 'x',
  text: 'ceil(7)',
  metrics: [],
  onMissing: 'hold',
  expression: { kind: 'call', name: 'ceil', args: 7 },
};

/** The problems of a record, each as a line. */
const told = (value: unknown, options?: Parameters<typeof parseRecord>[1]): readonly string[] => {
  const parsed = parseRecord(typeof value === 'string' ? value : JSON.stringify(value, null, 2), {
    file: 'r.json',
    ...options,
  });
  if (parsed.ok) return [];
  return parsed.problem.map(
    ({ file, line, column, path, message, expected, suggestion }) =>
      `${file}:${line}:${column} ${path}: ${message}; ${expected}${suggestion ? `; ${suggestion}` : ''}`,
  );
};
const changed = (change: object) => ({
  schemaVersion: 1,
  observation: { ...SOUND.observation, ...change },
});

describe('a record that is none', () => {
  test.each([
    [
      'nonsense',
      [
        'r.json:1:1 : this is no JSON; a JSON object: a record of a decision, or the entry that has it',
      ],
    ],
    [
      '{"a": 1,}',
      [
        'r.json:1:9 : this is no JSON; a JSON object: a record of a decision, or the entry that has it',
      ],
    ],
    [
      '',
      [
        'r.json:1:1 : this is no JSON; a JSON object: a record of a decision, or the entry that has it',
      ],
    ],
    [
      '[]',
      [
        'r.json:1:1 : found a list; a JSON object: a record of a decision, or the entry that has it',
      ],
    ],
    [
      '{"Item":{"record":{"S":"?"}}}',
      [
        'r.json:1:10 : found no record under "record"; a JSON object: a record of a decision, or the entry that has it',
      ],
    ],
    [
      '{"record":{"S":"[]"}}',
      [
        'r.json:1:2 : found no record under "record"; a JSON object: a record of a decision, or the entry that has it',
      ],
    ],
    ['{}', ['r.json:1:1 schemaVersion: found nothing; 1']],
    ['{"schemaVersion":2}', ['r.json:1:18 schemaVersion: found the number 2; 1']],
    [
      '{"schemaVersion":1}',
      ['r.json:1:1 observation: "observation" is missing; an object: keys and values'],
    ],
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  test('a decision that is none', () => {
    expect(told({ ...SOUND, decision: 7 })).toEqual([
      expect.stringMatching(
        /^r\.json:\d+:\d+ decision: found the number 7; the decision that was made, or nothing$/,
      ),
    ]);
  });
});

describe('mistakes in an observation are told as those of tidegate.yml are', () => {
  test.each([
    [{ now: undefined }, 'observation.now: "now" is missing; a number'],
    [{ now: 1.5 }, 'observation.now: found the number 1.5; a whole number'],
    [{ now: 1e300 }, 'observation.now: found the number 1e+300; a number up to 9007199254740991'],
    [{ now: 'noon' }, 'observation.now: found "noon"; a number'],
    [{ state: [] }, 'observation.state: found a list; an object: keys and values'],
    [
      { obstacles: [{ reason: 'StackUpdatActive', detail: '' }] },
      'observation.obstacles[0].reason: found "StackUpdatActive"; one of InstanceRefreshActive, StackUpdateActive, ZonalShiftActive; did you mean "StackUpdateActive"?',
    ],
    [{ alarms: {} }, 'observation.alarms: found a mapping; a list, such as ["one", "two"]'],
    [
      { activities: [{ at: 1, isFailed: 'no', cause: '', message: '' }] },
      'observation.activities[0].isFailed: found "no"; true or false',
    ],
    [
      { activities: [{ at: 1, isFailed: true, cause: 'x'.repeat(4_097), message: '' }] },
      `observation.activities[0].cause: found "${'x'.repeat(80)}…"; a text with a number of characters up to 4096`,
    ],
    [
      { state: { ...SOUND.observation.state, capacityMin: -1 } },
      'observation.state.capacityMin: found the number -1; a number from 0',
    ],
    [
      {
        head: {
          version: 0,
          untold: [],
          openAlarms: [],
          heardAlarms: [],
          lastScaleOut: { at: 1, from: 1, to: 2, isRestored: false },
        },
      },
      'observation.head.lastScaleOut.isRestored: found the truth value false; true',
    ],
    [
      { override: { kind: 'stop' } },
      'observation.override.kind: found "stop"; another form; "tidegate schema --record" prints what there may be',
    ],
    [
      {
        group: {
          ...aGroup(),
          rules: [
            {
              kind: 'track',
              name: 'x',
              metric: 'cpu',
              onMissing: 'hold',
              target: 0,
              isTotal: false,
            },
          ],
        },
      },
      'observation.group.rules[0].target: found the number 0; a number above 0',
    ],
    [
      {
        alarms: [
          {
            name: 7,
            arn: 'a',
            reason: '',
            since: 1,
            state: 'OK',
            actionsEnabled: true,
            isEvaluated: true,
          },
        ],
      },
      'observation.alarms[0].name: found the number 7; a text',
    ],
    [
      { group: { ...aGroup(), rules: [EXPRESSION] } },
      'observation.group.rules[0].expression.args: found the number 7; a value of the kind tuple',
    ],
    [
      { group: { ...aGroup(), health: { ...aHealedGroup().health, watched: [7] } } },
      'observation.group.health.watched[0]: found the number 7; an object: keys and values',
    ],
  ])('%j', (change, expected) => {
    expect(told(changed(change)).map((line) => line.replace(/^r\.json:\d+:\d+ /, ''))).toEqual([
      expected,
    ]);
  });

  test('ten at once are enough', () => {
    const alarms = Array.from({ length: 12 }, () => 7);

    expect(told(changed({ alarms }))).toHaveLength(10);
  });

  test('in a record that is too large for lines they have the first one', () => {
    const huge = changed({ now: 'x', padding: 'x'.repeat(300_000) });

    expect(told(huge)[0]).toMatch(/^r\.json:1:1 observation\.now: found "x"/);
  });

  test('in an entry of the table the lines are those of the record in it', () => {
    const entry = { Item: { record: { S: JSON.stringify(changed({ now: 'x' })) } } };

    expect(told(entry)[0]).toMatch(/^r\.json:4:12 observation\.now: found "x"; a number$/);
  });
});

describe('the group of other rules', () => {
  const rules = aGroup({ autoScalingGroup: 'other' });
  const { health: _none, ...healthless } = rules;

  test('takes the place of the one in the record, of which no more than the name is needed', () => {
    const asked: unknown[] = [];
    const parsed = parseRecord(JSON.stringify(changed({ group: { name: 'web' } })), {
      file: 'r.json',
      groupInstead: (name) => {
        asked.push(name);
        return ok(rules);
      },
    });

    expect(asked).toEqual(['web']);
    expect(parsed).toMatchObject({
      ok: true,
      value: { observation: { group: { autoScalingGroup: 'other' } } },
    });
  });

  test.each([[undefined], [{}], [{ name: 7 }]])('is asked for without a name by %j', (group) => {
    const parsed = told(changed({ group }), {
      file: 'r.json',
      groupInstead: (name) => err(`asked for ${name}`),
    });

    expect(parsed).toEqual([
      expect.stringMatching(/observation\.group\.name: asked for undefined; undefined$/),
    ]);
  });

  test('keeps the health of a record about targets when it has none', () => {
    const observation = aHealthObservation({});
    const parsed = parseRecord(JSON.stringify({ schemaVersion: 1, observation }), {
      file: 'r.json',
      groupInstead: () => ok(healthless),
    });

    expect(parsed).toMatchObject({
      ok: true,
      value: { kind: 'health', observation: { group: { health: observation.group.health } } },
    });
  });

  test('needs an observation', () => {
    expect(told({ schemaVersion: 1 }, { file: 'r.json', groupInstead: () => ok(rules) })).toEqual([
      'r.json:1:1 observation: "observation" is missing; an object: keys and values',
    ]);
  });

  test('gives a record about targets no health that is nowhere', () => {
    const value = { schemaVersion: 1, observation: { now: 1, targets: [] } };

    expect(told(value, { file: 'r.json', groupInstead: () => ok(healthless) })).toEqual([]);
  });
});

test('a record has its decision, if it has one', () => {
  const parsed = parseRecord(JSON.stringify({ ...SOUND, decision: { id: 'web-1' } }));

  expect(parsed).toMatchObject({ ok: true, value: { decision: { id: 'web-1' } } });
  expect(recordJsonSchema()).toMatchObject({ required: ['schemaVersion', 'observation'] });
});

test('the record among the examples is one', () => {
  expect(parseRecord(readFileSync('examples/record.json', 'utf8')).ok).toBe(true);
});
