import { describe, expect, test } from '@jest/globals';
import { parseNewsMessage } from '#parse/news-message.ts';
import { NOON } from '#test/support/builders.ts';

const REPORT = {
  kind: 'report',
  at: NOON,
  days: 7,
  to: ['ops'],
  title: 'The last 7 days: 85 changes',
  text: 'web: 41 out, 43 in',
  fields: [{ name: 'Changes', value: '42 out' }],
};

const read = (change: object) => parseNewsMessage(JSON.stringify({ ...REPORT, ...change }));

describe('a report in the queue', () => {
  test('is read as the sweep has sent it, without fields that nobody knows', () => {
    const fields = [{ name: 'Changes', value: '42 out', colour: 'red' }];

    expect(read({ fields, more: 1 })).toEqual({ ok: true, value: REPORT });
  });

  test.each([
    [{ at: 'today' }, 'at'],
    [{ days: 31 }, 'days'],
    [{ to: 'ops' }, 'to'],
    [{ to: [1] }, 'to'],
    [{ title: '' }, 'title'],
    [{ text: 7 }, 'text'],
    [{ fields: {} }, 'fields'],
    [{ fields: ['Changes'] }, 'fields'],
    [{ fields: [{ name: 'Changes' }] }, 'fields'],
    [{ fields: [{ value: '42' }] }, 'fields'],
  ])('with %j is refused for its %s', (change, key) => {
    expect(read(change)).toMatchObject({ ok: false, problem: { path: `body.${key}` } });
  });
});
