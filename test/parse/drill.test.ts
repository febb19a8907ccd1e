import { describe, expect, test } from '@jest/globals';
import { parseEvaluationMessage } from '#parse/evaluation-message.ts';
import { parseNewsMessage } from '#parse/news-message.ts';
import { changed, enveloped, eventNames, readEvent } from '#test/support/events.ts';

const DRILL = 'drill-20260302t090012z-4f1a';
const evaluated = (body: string) => {
  const result = parseEvaluationMessage(body);
  return result.ok ? result.value : result.problem.message;
};
const told = (body: string) => {
  const result = parseNewsMessage(body);
  return result.ok ? result.value : result.problem.message;
};

describe('a message with the mark of a drill', () => {
  const alarm = { kind: 'drill', drill: DRILL, about: { alarm: 'tidegate-dev-web-cpu-high' } };

  test.each([readEvent('drill-rule'), enveloped(readEvent('drill-rule'))])(
    'on an alarm names the alarm, and nothing that could be acted on',
    (body) => {
      expect(evaluated(body)).toEqual(alarm);
      expect(told(body)).toEqual(alarm);
    },
  );

  test('on a request of the sweep names the group', () => {
    const drill = { kind: 'drill', drill: DRILL, about: { group: 'web' } };
    expect(evaluated(readEvent('drill-request'))).toEqual(drill);
  });

  test.each([
    [null],
    [''],
    [false],
    [7],
    [{}],
    [[]],
    ['short'],
    ['DRILL-IN-CAPITALS'],
    ['a'.repeat(65)],
  ])('is refused when the mark is %j: it is never taken for the alarm', (mark) => {
    const body = changed('metric-alarm', { TidegateDrill: mark });
    expect(evaluated(body)).toMatch(/^body.TidegateDrill: found .*, expected an id such as drill-/);
    expect(told(enveloped(body))).toMatch(/^Message.TidegateDrill: found /);
  });

  test.each(eventNames().filter((name) => !/^(drill|sqs|sns)/.test(name)))(
    'is a drill or refused, whatever message it stands on: %s',
    (name) => {
      const body = changed(name, { TidegateDrill: DRILL });
      for (const read of [evaluated(body), told(body)]) {
        expect(typeof read === 'string' ? 'refused' : read.kind).toMatch(/^(refused|drill)$/);
      }
    },
  );

  test('on the envelope marks what is inside', () => {
    const body = enveloped(readEvent('metric-alarm'), { TidegateDrill: DRILL });
    expect(evaluated(body)).toMatch(/TidegateDrill: found nothing, expected an id/);
    expect(told(body)).toMatch(/TidegateDrill: found nothing, expected an id/);
  });

  test('that is nothing else is refused: that drills the dead-letter queues', () => {
    const body = JSON.stringify({ TidegateDrill: DRILL, kind: 'dead-letter' });
    const sentence = `body.TidegateDrill: found "${DRILL}", expected the mark of a drill on the message of an alarm or of the sweep; docs/events.md lists the messages that are understood`;
    expect([evaluated(body), told(body)]).toEqual([sentence, sentence]);
  });
});

describe('a message without the mark', () => {
  test.each(eventNames().filter((name) => !/^(drill|sqs)/.test(name)))(
    'is never a drill: %s',
    (name) => {
      const body = readEvent(name);
      for (const read of [evaluated(body), told(body)]) {
        expect(typeof read === 'string' ? 'refused' : read.kind).not.toBe('drill');
      }
    },
  );

  test('is no drill for a mark deeper inside, or a prose that names it', () => {
    const body = changed('metric-alarm', {
      NewStateReason: '"TidegateDrill": "drill-20260302t090012z-4f1a"',
      Trigger: { TidegateDrill: DRILL, MetricName: 'cpu' },
    });
    expect(evaluated(body)).toMatchObject({ kind: 'alarm', state: 'ALARM' });
  });

  test('is no news of a drill for its kind alone', () => {
    const { TidegateDrill: _mark, ...unmarked } = JSON.parse(readEvent('drill-news'));
    expect(told(JSON.stringify(unmarked))).toMatch(/AlarmName: found nothing/);
  });
});

describe('the news of a drill', () => {
  test('is what was published', () => {
    const { TidegateDrill: drill, ...news } = JSON.parse(readEvent('drill-news'));
    expect(told(readEvent('drill-news'))).toEqual({ drill, ...news });
  });

  test('may be for one channel, and open or close an incident there', () => {
    const channel = { kind: 'drill', drill: DRILL, at: 1_772_442_012_900, channel: 'ops' };
    expect(told(readEvent('drill-channel'))).toEqual(channel);
    expect(told(changed('drill-channel', { phase: 'opened' }))).toEqual({
      ...channel,
      phase: 'opened',
    });
    expect(told(changed('drill-channel', { phase: 'sung' }))).toEqual(channel);
  });

  test.each([
    ['drill-news', { would: 7 }, /would.outcome: found nothing, expected one of scaled/],
    ['drill-news', { would: { outcome: 'sung' } }, /would.outcome: found "sung", expected one of/],
    ['drill-news', { at: 'now' }, /at: found "now", expected a whole number/],
    ['drill-channel', { channel: '' }, /channel: found "", expected a text/],
  ])('%s is refused for %j', (name, changes, message) => {
    expect(told(changed(name, changes))).toMatch(message);
  });

  test('keeps of its rehearsal what is sound', () => {
    const { would } = JSON.parse(readEvent('drill-news'));
    const bare = { ...would, rule: 7, bounds: 'wide', capacity: undefined };
    const { rule: _rule, bounds: _bounds, capacity: _capacity, ...kept } = would;
    expect(told(changed('drill-news', { would: bare }))).toMatchObject({ would: kept });
  });
});
