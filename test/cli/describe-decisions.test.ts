import { expect, test } from '@jest/globals';
import { describeDecisions } from '#cli/history/describe-decisions.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import { minutes, NOON } from '#test/support/builders.ts';

const decision = (minute: number, more: Partial<RecordedDecision> = {}): RecordedDecision => ({
  id: `web-${minute}`,
  group: 'web',
  at: NOON + minutes(minute),
  status: 'held',
  reason: 'AtMaximum',
  summary: 'web stays at 20: the maximum',
  ...more,
});
const plain = { bold: String, red: String, cyan: String };

test('of trouble that goes on people were told once, which the lines that follow say', () => {
  const decisions = [decision(1), decision(2, { goesOn: true })];

  expect(describeDecisions(decisions, plain).split('\n')).toEqual([
    expect.stringMatching(
      /^2026-.* {2}web-1 {2}held {8}web stays at 20: the maximum \(AtMaximum\)$/,
    ),
    expect.stringMatching(/ web stays at 20: the maximum \(AtMaximum\), goes on: told before$/),
  ]);
});

test('changes stand out, and refusals are red', () => {
  const paint = {
    bold: (text: string) => `<b>${text}</b>`,
    red: (text: string) => `<r>${text}</r>`,
    cyan: String,
  };
  const decisions = [decision(1, { status: 'applied' }), decision(2, { status: 'refused' })];

  expect(describeDecisions(decisions, paint).split('\n')).toEqual([
    expect.stringMatching(/^<b>.*<\/b>$/),
    expect.stringMatching(/^<r>.*<\/r>$/),
  ]);
});
