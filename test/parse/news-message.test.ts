import { describe, expect, test } from '@jest/globals';
import { parseNewsMessage } from '#parse/news-message.ts';
import { changed, enveloped, readEvent } from '#test/support/events.ts';

const parsed = (body: string) => {
  const result = parseNewsMessage(body);
  return result.ok ? result.value : result.problem.message;
};

describe('an outcome', () => {
  test.each(['scaled', 'replaced', 'held', 'at-max', 'blocked', 'failed'])(
    'of the kind %s is what was published, raw or in an envelope',
    (kind) => {
      const published = readEvent(`outcome-${kind}`);

      expect(parsed(published)).toEqual(JSON.parse(published));
      expect(parsed(enveloped(published))).toEqual(JSON.parse(published));
    },
  );

  test('loses the fields that are not known', () => {
    const body = changed('outcome-held', { password: 'x', capacity: null });
    expect(parsed(body)).toEqual(JSON.parse(readEvent('outcome-held')));
  });

  test('may have a reason that a newer version invented', () => {
    expect(parsed(changed('outcome-held', { reason: 'Hibernating' }))).toMatchObject({
      reason: 'Hibernating',
    });
  });

  test('says what it is about, unless only a newer version knows that', () => {
    expect(parsed(changed('outcome-held', { about: 'health' }))).toMatchObject({ about: 'health' });
    expect(parsed(changed('outcome-held', { about: 'capacity' }))).toMatchObject({
      about: 'capacity',
    });
    expect(parsed(changed('outcome-held', { about: 'weather' }))).not.toHaveProperty('about');
  });

  test('has its summary cut at 3,000 characters', () => {
    expect(parsed(changed('outcome-held', { summary: 's'.repeat(3_001) }))).toMatchObject({
      summary: 's'.repeat(3_000),
    });
  });

  test.each([
    ['schemaVersion', 2, /schemaVersion: found the number 2, expected the number 1: deploy all/],
    ['kind', 'exploded', /kind: found "exploded", expected one of scaled, replaced, held, at-max/],
    ['decisionId', 7, /decisionId: found the number 7, expected a text of 1 to 255/],
    ['group', '', /group: found "", expected a text of 1 to 255/],
    ['autoScalingGroup', null, /autoScalingGroup: found nothing, expected a text/],
    ['at', '2026', /at: found "2026", expected a whole number from 0 to 8640000000000000/],
    ['at', 1.5, /at: found the number 1.5, expected a whole number/],
    ['at', -1, /at: found the number -1, expected a whole number/],
    ['at', 8.64e15 + 2, /at: found the number 8640000000000002, expected a whole number/],
    ['reason', [], /reason: found a list, expected a text/],
    ['capacity', { from: 1 }, /capacity.to: found nothing, expected a whole number from 0/],
    ['capacity', 'x', /capacity.from: found nothing, expected a whole number from 0/],
    ['targets', ['i-1', 2], /targets: found a list, expected a list of texts/],
    ['targets', 'i-1', /targets: found "i-1", expected a list of texts/],
  ])('is refused for its %s %j', (field, value, message) => {
    expect(parsed(changed('outcome-scaled', { [field]: value }))).toMatch(message);
  });
});

describe('an alarm that changed its state', () => {
  test('is news too', () => {
    expect(parsed(readEvent('sns-envelope'))).toMatchObject({ kind: 'alarm', state: 'ALARM' });
  });

  test('is not mistaken for an outcome by a field called kind', () => {
    expect(parsed(changed('metric-alarm', { kind: 'scaled' }))).toMatchObject({ kind: 'alarm' });
  });
});

test.each([
  ['prose', 'hello', /^body: found "hello", expected a JSON object/],
  ['a request of the sweep', readEvent('evaluation-request'), /AlarmName: found nothing/],
])('%s is refused', (_, body, message) => {
  expect(parsed(body)).toMatch(message);
});

describe('an outcome that says what it had to reckon with', () => {
  const MORE = {
    rule: 'cpu-high',
    bounds: { min: 2, max: 10 },
    instanceType: 'm7g.large',
    wishes: [{ rule: 'cpu-high', capacity: 6 }],
    droppedBefore: 3,
  };

  test('keeps it', () => {
    expect(parsed(changed('outcome-scaled', MORE))).toMatchObject(MORE);
  });

  test.each([
    { rule: 7, bounds: 'wide', instanceType: '', wishes: 'many', droppedBefore: 0 },
    { rule: '', bounds: { min: 1 }, instanceType: 'x'.repeat(600), wishes: [{ rule: 'a' }] },
    { rule: null, bounds: [], instanceType: {}, wishes: [7], droppedBefore: '3' },
  ])('loses what is not as expected: %j', (more) => {
    const message = parsed(changed('outcome-scaled', more));
    expect(message).toMatchObject({ decisionId: 'web-17' });
    for (const key of Object.keys(more)) expect(message).not.toHaveProperty(key);
  });
});

describe('news of a channel', () => {
  test('is what notify itself has sent', () => {
    const sent = readEvent('channel-broken');
    expect(parsed(sent)).toEqual(JSON.parse(sent));
    expect(parsed(changed('channel-broken', { isBroken: 'yes' }))).toMatchObject({
      isBroken: false,
    });
  });

  test.each([
    ['channel', '', /channel: found "", expected a text of 1 to 255 characters/],
    ['at', 'noon', /at: found "noon", expected a whole number/],
  ])('whose %s is wrong is refused', (key, value, problem) => {
    expect(parsed(changed('channel-broken', { [key]: value }))).toMatch(problem);
  });
});

test('a call to look what waits is nothing more', () => {
  expect(parsed(readEvent('flush'))).toEqual({ kind: 'flush' });
});
