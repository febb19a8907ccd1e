import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseEvaluationMessage } from '#parse/evaluation-message.ts';
import { parseNewsMessage } from '#parse/news-message.ts';
import { changed, enveloped, eventNames, readEvent } from '#test/support/events.ts';

const HINT = 'docs/events.md lists the messages that are understood';

const problemOf = (body: string) => {
  const result = parseEvaluationMessage(body);
  return result.ok ? result.value : result.problem;
};

describe('a message that cannot be understood', () => {
  test('is described whole: where, what was found, what was expected', () => {
    expect(problemOf(changed('metric-alarm', { StateChangeTime: 'yesterday' }))).toEqual({
      path: 'body.StateChangeTime',
      found: '"yesterday"',
      expected: 'a time such as 2026-03-02T09:00:00.000+0000',
      message: `body.StateChangeTime: found "yesterday", expected a time such as 2026-03-02T09:00:00.000+0000; ${HINT}`,
    });
  });

  test.each([
    ['no text at all', '', 'body', '""'],
    ['prose', 'hello', 'body', '"hello"'],
    ['half an object', '{"AlarmName":', 'body', '"{\\"AlarmName\\":"'],
    ['null', 'null', 'body', '"null"'],
    ['a list', '[1]', 'body', 'a list'],
    ['a number', '12', 'body', 'the number 12'],
    ['a truth value', 'true', 'body', 'true'],
    ['an envelope around prose', enveloped('hello'), 'Message', '"hello"'],
    ['an empty object', '{}', 'body.AlarmName', 'nothing'],
    ['an empty object in an envelope', enveloped('{}'), 'Message.AlarmName', 'nothing'],
    [
      'a name that is an object',
      changed('metric-alarm', { AlarmName: {} }),
      'body.AlarmName',
      'an object',
    ],
    ['an empty name', changed('metric-alarm', { AlarmName: '' }), 'body.AlarmName', '""'],
    ['no state', changed('metric-alarm', { NewStateValue: null }), 'body.NewStateValue', 'nothing'],
    [
      'a reason that is a list',
      changed('metric-alarm', { NewStateReason: [] }),
      'body.NewStateReason',
      'a list',
    ],
    ['a bad ARN', changed('metric-alarm', { AlarmArn: 5 }), 'body.AlarmArn', 'the number 5'],
    [
      'an EventBridge event of another kind',
      changed('eventbridge-alarm', { 'detail-type': 'CloudWatch Alarm Configuration Change' }),
      'body.detail-type',
      '"CloudWatch Alarm Configuration Change"',
    ],
    [
      'an EventBridge event about nothing',
      changed('eventbridge-alarm', { resources: [] }),
      'body.resources',
      'a list',
    ],
    [
      'an EventBridge event with an empty ARN',
      changed('eventbridge-alarm', { resources: [''] }),
      'body.resources',
      'a list',
    ],
    [
      'an EventBridge event without a state',
      changed('eventbridge-alarm', { detail: { alarmName: 'x' } }),
      'body.detail.state.value',
      'nothing',
    ],
    [
      'a request for no group',
      changed('evaluation-request', { group: undefined }),
      'body.group',
      'nothing',
    ],
    ['an outcome', readEvent('outcome-scaled'), 'body.AlarmName', 'nothing'],
  ])('%s', (_, body, path, found) => {
    expect(problemOf(body)).toMatchObject({ path, found });
  });

  test.each([
    ['1', 'too short to be a time'],
    ['2026-03-02', 'no time of day'],
    ['2026-03-02T09:00:12', 'no offset'],
    ['2026-13-02T09:00:12Z', 'no such month'],
    ['2026-03-02T09:00:12+0000 ', 'something after it'],
  ])('the time %s: %s', (StateChangeTime) => {
    expect(problemOf(changed('metric-alarm', { StateChangeTime }))).toMatchObject({
      path: 'body.StateChangeTime',
    });
  });

  test('only the first problem is told', () => {
    expect(problemOf('{"NewStateReason":5}')).toMatchObject({ path: 'body.AlarmName' });
  });

  test.each([
    ['short', 'ab"c', '"ab\\"c"'],
    ['of 40 characters', 'x'.repeat(40), `"${'x'.repeat(40)}"`],
    ['of 41 characters', 'x'.repeat(41), `"${'x'.repeat(40)}" and more (41 characters)`],
    ['with characters that break logs', 'a\u0000\n\u202eb\ud800\u2028\ufffe', '"a???b???"'],
  ])('quotes what was found: a text %s', (_, text, found) => {
    expect(problemOf(text)).toMatchObject({ found });
  });
});

describe('limits', () => {
  test('a name may have 255 characters and not 256', () => {
    expect(problemOf(changed('metric-alarm', { AlarmName: 'n'.repeat(255) }))).toMatchObject({
      name: 'n'.repeat(255),
    });
    expect(problemOf(changed('metric-alarm', { AlarmName: 'n'.repeat(256) }))).toMatchObject({
      path: 'body.AlarmName',
      expected: 'a text of 1 to 255 characters',
    });
  });

  test('a body may have 262,144 characters and not one more', () => {
    const padded = (length: number) => readEvent('metric-alarm').padEnd(length, ' ');

    expect(problemOf(padded(262_144))).toMatchObject({ kind: 'alarm' });
    expect(problemOf(padded(262_145))).toMatchObject({
      path: 'body',
      expected: 'at most 262144 characters',
    });
  });

  test('a body of 200,000 opening brackets is refused like any other', () => {
    expect(problemOf('['.repeat(200_000))).toMatchObject({ path: 'body' });
  });
});

describe('names that are dangerous in JavaScript', () => {
  test.each(['__proto__', 'constructor', 'prototype'])('%s supplies no field', (key) => {
    const inner = readEvent('metric-alarm');
    expect(problemOf(`{"${key}":${inner}}`)).toMatchObject({ path: 'body.AlarmName' });
    expect(problemOf(inner.replace('{', `{"${key}":{"AlarmName":5,"form":6},`))).toMatchObject({
      name: 'tidegate-dev-web-cpu-high',
      form: 'metric',
    });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

test('a polluted prototype supplies no field', () => {
  const polluted = { AlarmName: 'x', NewStateValue: 'OK', AlarmArn: 'arn:x' };
  Object.assign(Object.prototype, polluted);
  try {
    expect(problemOf('{}')).toMatchObject({ path: 'body.AlarmName', found: 'nothing' });
  } finally {
    for (const key of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, key);
  }
});

describe('whatever the bytes', () => {
  const neverThrows = (body: string) => {
    for (const parse of [parseEvaluationMessage, parseNewsMessage]) {
      const result = parse(body);
      if (!result.ok) expect(result.problem.message.length).toBeLessThan(400);
    }
  };

  test('any text gets an answer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), neverThrows));
  });

  test('any JSON gets an answer, raw and in an envelope', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        neverThrows(json);
        neverThrows(enveloped(json));
      }),
    );
  });

  test('a recorded message gets an answer with any field replaced by any value', () => {
    const names = eventNames().filter((name) => !name.startsWith('sqs-event'));
    const fields = new Set(names.flatMap((name) => Object.keys(JSON.parse(readEvent(name)))));
    const change = fc.dictionary(fc.constantFrom(...fields), fc.jsonValue(), { maxKeys: 3 });

    fc.assert(
      fc.property(fc.constantFrom(...names), change, (name, changes) => {
        neverThrows(changed(name, changes));
      }),
    );
  });

  test('a recorded message gets an answer wherever it is cut', () => {
    const body = readEvent('sns-envelope');
    fc.assert(fc.property(fc.nat(body.length - 2), (end) => neverThrows(body.slice(0, end))));
  });
});
