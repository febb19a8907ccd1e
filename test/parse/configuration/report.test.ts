import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { reportTime } from '#parse/configuration/words/report-time.ts';

const CHANNELS = '{ ops: { slack: ssm:/hook }, pager: { pagerduty: ssm:/key } }';

const read = (report: string) => {
  const source = { file: 'tidegate.yml', prefix: 'tidegate-dev' };
  const groups = 'version: 1\ngroups: { web: { autoScalingGroup: web-prod } }';
  const text = `${groups}\nnotify:\n  channels: ${CHANNELS}\n  report: ${report}\n`;
  return parseConfiguration(text, source);
};

const mistakeIn = (report: string): string => {
  const parsed = read(report);
  return parsed.ok ? 'none' : JSON.stringify(parsed.problem);
};

describe('notify.report', () => {
  test('says when, in which zone, and to whom', () => {
    const parsed = read('{ every: monday 08:00, timezone: Europe/Berlin, to: [ops] }');

    expect(parsed.ok && parsed.value.report).toEqual({
      every: { weekday: 1, minuteOfDay: 480 },
      timezone: 'Europe/Berlin',
      to: ['ops'],
    });
  });

  test('is in UTC where no zone is named', () => {
    const parsed = read('{ every: day 23:59, to: [ops] }');

    expect(parsed.ok && parsed.value.report).toEqual({
      every: { minuteOfDay: 1_439 },
      timezone: 'UTC',
      to: ['ops'],
    });
  });

  test.each([
    ['{ to: [ops] }', 'missing'],
    ['{ every: monday 08:00 }', 'missing'],
    ['{ every: monday 08:00, to: [op] }', 'did you mean \\"ops\\"?'],
    ['{ every: monday 08:00, to: [] }', 'at least one channel'],
    ['{ every: monday 08:00, to: [pager] }', 'keeps incidents and takes no reports'],
    ['{ every: monday 08:00, timezone: CET, to: [ops] }', 'a time zone of the IANA database'],
    ['{ every: monday 08:00, zone: UTC, to: [ops] }', 'unknown key'],
  ])('%s is a mistake', (report, words) => {
    expect(mistakeIn(report)).toContain(words);
  });
});

describe('the time of a report', () => {
  test.each([
    ['day 00:00', { minuteOfDay: 0 }],
    ['sunday 08:05', { weekday: 0, minuteOfDay: 485 }],
    ['  saturday   23:59 ', { weekday: 6, minuteOfDay: 1_439 }],
  ])('%j is read', (text, value) => {
    expect(reportTime.read(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['Monday 08:00', 'monday 08:00'],
    ['mon 08:00', 'monday 08:00'],
    ['mondya 08:00', 'monday 08:00'],
    ['daily 08:00', 'day 08:00'],
    ['08:00', 'day 08:00'],
    ['monday 8:00', 'monday 08:00'],
  ])('%j is refused with the words that were meant: %j', (text, meant) => {
    expect(reportTime.read(text)).toMatchObject({
      ok: false,
      problem: { message: `found "${text}"`, suggestion: `did you mean "${meant}"?` },
    });
  });

  test.each(['monday', 'monday 24:00', 'monday 08:60', 'mo 08:00', '0 8 * * MON', '', 7])(
    '%j is refused',
    (value) => {
      const found = reportTime.read(value);

      expect(found).toMatchObject({ ok: false });
      expect(JSON.stringify(found)).toContain('monday 08:00, day 07:30');
    },
  );
});
