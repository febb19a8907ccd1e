import { describe, expect, test } from '@jest/globals';
import type { OutcomeKind } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { incidentOf, severityOf } from '#domain/notify/incident.ts';
import { anAlarmEvent, anOutcome } from '#test/support/notify-world.ts';

const ALERT = {
  name: 'errors',
  group: 'web',
  alarm: 'web-alert-errors',
  severity: 'critical' as const,
  condition: {
    text: 'errors > 1 for 5m',
    metric: 'errors',
    comparison: '>' as const,
    threshold: 1,
    datapoints: 5,
    periods: 5,
  },
};

describe('an incident', () => {
  test.each<{ kind: OutcomeKind; reason: Reason; phase: string }>([
    { kind: 'at-max', reason: 'AtMaximum', phase: 'opened' },
    { kind: 'blocked', reason: 'LaunchesFailing', phase: 'opened' },
    { kind: 'failed', reason: 'AccessDenied', phase: 'opened' },
    { kind: 'scaled', reason: 'ScaledOut', phase: 'closed' },
    { kind: 'replaced', reason: 'TargetsReplaced', phase: 'closed' },
    { kind: 'held', reason: 'Steady', phase: 'closed' },
    { kind: 'held', reason: 'NoUnhealthyTargets', phase: 'closed' },
    { kind: 'held', reason: 'AtMinimum', phase: 'closed' },
    { kind: 'held', reason: 'CoolingDown', phase: 'noted' },
    { kind: 'foreign', reason: 'ForeignChange', phase: 'noted' },
    { kind: 'override', reason: 'OverrideSet', phase: 'acknowledged' },
    { kind: 'override', reason: 'OverrideEnded', phase: 'noted' },
  ])('is $phase by $kind, $reason', ({ kind, reason, phase }) => {
    expect(incidentOf(anOutcome({ kind, reason }))).toEqual({ key: 'web/capacity', phase });
  });

  test('of targets is another one than that of the capacity', () => {
    expect(incidentOf(anOutcome({ about: 'health' })).key).toBe('web/health');
  });

  test('of instances that are stuck is one of its own: its end ends no other trouble, and no change ends it', () => {
    const stuck = { decisionId: 'web-stuck-7', kind: 'blocked', reason: 'InstancesStuck' } as const;
    const free = { decisionId: 'web-unstuck-9', kind: 'held', reason: 'Steady' } as const;

    expect([stuck, free].map((news) => incidentOf(anOutcome(news)))).toEqual([
      { key: 'web/stuck', phase: 'opened' },
      { key: 'web/stuck', phase: 'closed' },
    ]);
  });

  test.each([
    { state: 'ALARM', phase: 'opened' },
    { state: 'OK', phase: 'closed' },
    { state: 'INSUFFICIENT_DATA', phase: 'noted' },
  ] as const)('of an alarm in $state is $phase', ({ state, phase }) => {
    expect(incidentOf(anAlarmEvent({ state }))).toEqual({ key: 'alarm/web-cpu-high', phase });
    expect(incidentOf({ ...anAlarmEvent({ state }), alert: ALERT })).toEqual({
      key: 'web/alert/errors',
      phase,
    });
  });
});

describe('how much it matters', () => {
  test.each<{ kind: OutcomeKind; reason: Reason; severity: string }>([
    { kind: 'scaled', reason: 'ScaledOut', severity: 'info' },
    { kind: 'held', reason: 'CoolingDown', severity: 'info' },
    { kind: 'override', reason: 'OverrideSet', severity: 'info' },
    { kind: 'at-max', reason: 'AtMaximum', severity: 'warning' },
    { kind: 'blocked', reason: 'NotifyOnly', severity: 'warning' },
    { kind: 'blocked', reason: 'CommonCause', severity: 'critical' },
    { kind: 'failed', reason: 'AccessDenied', severity: 'critical' },
  ])('$kind, $reason: $severity', ({ kind, reason, severity }) => {
    expect(severityOf(anOutcome({ kind, reason }))).toBe(severity);
  });

  test('an alert says so itself, and any other alarm is a warning', () => {
    expect(severityOf({ ...anAlarmEvent(), alert: ALERT })).toBe('critical');
    expect(severityOf(anAlarmEvent())).toBe('warning');
  });
});
