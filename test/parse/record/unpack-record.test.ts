import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { parseRecord } from '#parse/record/parse-record.ts';
import { jsonDepth } from '#parse/text-depth.ts';
import { anObservation } from '#test/support/builders.ts';

const observation = anObservation();
const decision = decideCapacity(observation);
const record = { schemaVersion: 1, decision, observation };
const text = JSON.stringify(record);
const packed = gzipSync(text);
const base64 = packed.toString('base64');
const GOOD = { ok: true, value: { kind: 'capacity', observation, decision } };
const entry = { pk: { S: 'GROUP#web' }, sk: { S: 'DECISION#2026-03-02T09:00:00.000Z#web-1' } };

const problemOf = (value: unknown): string | undefined => {
  const parsed = parseRecord(typeof value === 'string' ? value : JSON.stringify(value));
  return parsed.ok
    ? undefined
    : parsed.problem.map(({ path, message }) => `${path}: ${message}`).join();
};

describe('a record is read', () => {
  test.each([
    { form: 'as it is', value: record },
    { form: 'from an entry', value: { Item: { ...entry, record: { B: base64 } } } },
    { form: 'from an entry without its wrapping', value: { ...entry, record: { B: base64 } } },
    { form: 'from an entry of an older version', value: { Item: { record: { S: text } } } },
    { form: 'from a list of entries', value: { Items: [entry, { record: { B: base64 } }] } },
    {
      form: 'from its pieces, in any order',
      value: {
        Items: [
          { sk: { S: 'RECORD#2#02' }, piece: { B: packed.subarray(100).toString('base64') } },
          { sk: { S: 'RECORD#2#01' }, piece: { B: packed.subarray(0, 100).toString('base64') } },
        ],
      },
    },
    {
      form: 'from a batch of reads',
      value: { Responses: { tidegate: [{ piece: { B: base64 } }] } },
    },
  ])('$form', ({ value }) => {
    expect(parseRecord(JSON.stringify(value))).toEqual(GOOD);
  });
});

describe('no record is found', () => {
  test.each([
    ['no JSON', ': this is no JSON'],
    ['[1, 2]', ': found a list'],
    [{ schemaVersion: 2 }, 'schemaVersion: found the number 2'],
    [{ schemaVersion: [[1]] }, 'schemaVersion: found a list'],
    [{}, 'schemaVersion: found nothing'],
    [{ Items: [entry] }, ': found no record under "record"'],
    [{ Item: { ...entry, record: { M: {} } } }, ': found no record under "record"'],
    [
      { Item: { ...entry, recordMissing: { S: 'too large' } } },
      ': the entry was written without its record: too large',
    ],
    [{ record: { B: 'AAAA' } }, ': the record is packed, and not whole'],
    [{ record: { B: gzipSync('[]').toString('base64') } }, ': found no record under "record"'],
  ])('in %j', (value, problem) => {
    expect(problemOf(value)).toBe(problem);
  });

  test.each([{ Item: { ...entry, pieces: { N: '2' } } }, { Item: { pieces: { N: '2' } } }])(
    'in an entry whose record lies beside it: %j',
    (value) => {
      expect(problemOf(value)).toContain('get it with: aws dynamodb query');
    },
  );
});

describe('a text that nests too deeply', () => {
  const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

  test('is refused before anything recurses', () => {
    expect(problemOf(`{"schemaVersion":${deep(99)}}`)).toBe('schemaVersion: found a list');
    for (const levels of [100, 1_000_000]) {
      const problem = problemOf(`{"schemaVersion":${deep(levels)}}`);
      expect(problem).toBe(': this nests more than 100 levels deep');
    }
    const expression = '{"kind":"unary","of":'.repeat(50_000);
    expect(problemOf(`{"observation":${expression}`)).toContain('nests more than 100 levels');
  });

  test.each([
    ['{}', 1],
    ['[{"a": [1]}, {}]', 3],
    ['"[[[[" ', 0],
    [String.raw`["\"[[", "\\", [1]]`, 2],
    ['["[[[', 1],
    [']]]]', 0],
  ])('has the depth of its brackets: %s', (nested, depth) => {
    expect(jsonDepth(nested)).toBe(depth);
  });
});
