import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Note } from '#domain/lane/note.ts';
import { takeNote } from '#lambda/take-note.ts';
import { aCapacityDecision } from '#test/support/builders.ts';
import { type Line, loggedLines } from '#test/support/logged-lines.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const error = new Error('it broke');
const hold = aCapacityDecision({ to: 4, reason: 'CoolingDown', summary: 'web stays at 4' });
const notice = { kind: 'notice', reference: 'web-1', channel: 'ops', detail: 'said so' };

/** Each note with the log line that it makes, and with the metric, if it makes one. */
const CASES = [
  {
    note: { kind: 'decided', decision: aCapacityDecision(), isRecorded: true },
    log: {
      level: 'INFO',
      message: 'web 4 → 6: cpu-high',
      decisionId: 'web-1',
      reason: 'ScaledOut',
    },
  },
  {
    note: { kind: 'decided', decision: hold, isRecorded: false },
    log: { level: 'DEBUG', message: 'web stays at 4', reason: 'CoolingDown' },
    metric: { name: 'Held', value: 1, dimensions: { Reason: 'CoolingDown' } },
  },
  {
    note: {
      kind: 'settled',
      decision: aCapacityDecision(),
      outcome: anOutcome(),
      sinceAlarmMs: 730,
    },
    log: { level: 'INFO', message: 'web 4 → 6: cpu-high', decisionId: 'web-1', outcome: 'scaled' },
    metric: { name: 'AlarmToAction', value: 730, dimensions: {} },
  },
  {
    note: { kind: 'settled', decision: aCapacityDecision(), outcome: anOutcome() },
    log: { level: 'INFO', outcome: 'scaled' },
    metric: { name: 'Decisions', value: 1, dimensions: { Outcome: 'scaled' } },
  },
  {
    note: {
      kind: 'recovered',
      decision: aCapacityDecision(),
      how: 'reissue',
      detail: 'never came',
    },
    log: { level: 'WARN', message: 'recovered', decisionId: 'web-1', how: 'reissue' },
    metric: { name: 'Recovered', value: 1, dimensions: { How: 'reissue' } },
  },
  {
    note: { kind: 'ignored', subject: 'billing', detail: 'nothing is bound to this alarm' },
    log: { level: 'INFO', message: 'ignored', subject: 'billing' },
  },
  {
    note: { kind: 'coalesced', group: 'web', detail: 'web-1 is still in flight' },
    log: { level: 'INFO', message: 'coalesced', detail: 'web-1 is still in flight' },
  },
  {
    note: { kind: 'shard-dropped', groups: 500, lateSeconds: 3 },
    log: { level: 'WARN', groups: 500, lateSeconds: 3 },
    metric: { name: 'ShardsDropped', value: 1, dimensions: {} },
  },
  {
    note: { kind: 'answered', messages: 40, of: 100 },
    log: { level: 'INFO', message: 'answered', messages: 40, of: 100 },
  },
  {
    note: { kind: 'evaluation-requested', group: 'web', cause: 'alarm-firing' },
    log: { level: 'INFO', message: 'evaluation-requested', cause: 'alarm-firing' },
  },
  {
    note: { kind: 'evaluation-requested', group: 'web', cause: 'minute-passed' },
    log: { level: 'DEBUG', message: 'evaluation-requested', cause: 'minute-passed' },
  },
  {
    note: { kind: 'evaluation-requested', group: 'web', cause: 'value-due' },
    log: { level: 'DEBUG', message: 'evaluation-requested', cause: 'value-due' },
  },
  {
    note: { kind: 'evaluation-requested', group: 'web', cause: 'between-minutes' },
    log: { level: 'DEBUG', message: 'evaluation-requested', cause: 'between-minutes' },
  },
  {
    note: { kind: 'evaluation-failed', group: 'web', error },
    log: { level: 'ERROR', message: 'evaluation failed', group: 'web' },
    metric: { name: 'EvaluationFailed', value: 1, dimensions: { Group: 'web' } },
  },
  {
    note: { kind: 'look-failed', group: 'web', error },
    log: { level: 'WARN', message: 'a look at the activities failed', group: 'web' },
  },
  {
    note: { kind: 'telling-failed', decisionId: 'web-1', error },
    log: { level: 'ERROR', message: 'telling failed', decisionId: 'web-1' },
    metric: { name: 'TellingFailed', value: 1, dimensions: {} },
  },
  {
    note: { ...notice, ending: 'sent' },
    log: { level: 'INFO', message: 'notice sent', reference: 'web-1', channel: 'ops' },
  },
  {
    note: { ...notice, ending: 'postponed' },
    log: { level: 'WARN', message: 'notice postponed', detail: 'said so' },
  },
  {
    note: { ...notice, ending: 'failed-over' },
    log: { level: 'WARN', message: 'notice failed-over', detail: 'said so' },
  },
  {
    note: { kind: 'channel', channel: 'ops', isBroken: true, detail: 'archived' },
    log: { level: 'ERROR', message: 'channel is broken', channel: 'ops', detail: 'archived' },
    metric: { name: 'ChannelsBroken', value: 1, dimensions: {} },
  },
  {
    note: { kind: 'channel', channel: 'ops', isBroken: false, detail: '3 were left out' },
    log: { level: 'INFO', message: 'channel works again', channel: 'ops' },
  },
  {
    note: { kind: 'retrying', messageId: 'm', receives: 2, seconds: 3, error, isExpected: true },
    log: { level: 'INFO', message: 'message waits', messageId: 'm', seconds: 3 },
  },
  ...['refused', 'uncertain', 'dropped'].map((ending) => ({
    note: { ...notice, ending },
    log: { level: 'ERROR', message: `notice ${ending}`, detail: 'said so' },
    metric: { name: 'NoticesLost', value: 1, dimensions: {} },
  })),
  {
    note: { kind: 'retrying', messageId: 'm', receives: 2, seconds: 30, error },
    log: { level: 'ERROR', message: 'message will be retried', messageId: 'm', seconds: 30 },
  },
  {
    note: { kind: 'quarantined', messageId: 'm', problem: 'no JSON' },
    log: { level: 'ERROR', message: 'message cannot be understood', problem: 'no JSON' },
    metric: { name: 'Quarantined', value: 1, dimensions: {} },
  },
  {
    note: { kind: 'queue-failed', messageId: 'm', attempt: 'quarantine it', error },
    log: { level: 'ERROR', message: 'the queue did not quarantine it', messageId: 'm' },
  },
  {
    note: { kind: 'missed-notification', group: 'web', alarm: 'cpu', forSeconds: 130 },
    log: { level: 'WARN', message: 'an alarm fired and its message never arrived', alarm: 'cpu' },
    metric: { name: 'MissedNotifications', value: 1, dimensions: {} },
  },
];

/** The lines that notes make. */
const linesFor = (notes: readonly unknown[]): Promise<readonly Line[]> =>
  loggedLines(() => {
    for (const note of notes) takeNote(note as Note);
  });

const isMetric = (line: Line): boolean => '_aws' in line;

describe('a note', () => {
  let lines: readonly Line[] = [];
  beforeAll(async () => {
    lines = await linesFor(CASES.map(({ note }) => note));
  });
  const logs = () => lines.filter((line) => !isMetric(line));
  const metrics = () => lines.filter(isMetric);

  test.each(CASES.map((one, index) => ({ ...one, index, kind: one.note.kind })))(
    'of the kind $kind makes one line of the log, at its level',
    ({ log, index }) => {
      expect(logs()).toHaveLength(CASES.length);
      expect(logs()[index]).toMatchObject({ ...log, service: 'tidegate-test' });
    },
  );

  test.each(CASES.flatMap(({ metric }) => (metric ? [metric] : [])))(
    'makes the metric $name with $dimensions',
    ({ name, value, dimensions }) => {
      const found = metrics().filter(
        (line) =>
          name in line && Object.entries(dimensions).every(([key, wanted]) => line[key] === wanted),
      );

      expect(found.length).toBeGreaterThan(0);
      expect(found[0]).toMatchObject({ [name]: value, service: 'tidegate-test' });
    },
  );

  test('makes a metric only when there is something to count', () => {
    const expected = CASES.filter(({ metric }) => metric).length;

    // A change that an alarm prompted is counted and timed: two metrics of one note.
    expect(metrics()).toHaveLength(expected + 1);
  });
});
