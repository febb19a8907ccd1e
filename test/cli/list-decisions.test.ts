import { expect, test } from '@jest/globals';
import { listDecisions } from '#cli/history/list-decisions.ts';
import { knownTroubles } from '#domain/ledger/known-troubles.ts';
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
const list = (decisions: readonly RecordedDecision[]): readonly string[] =>
  listDecisions(decisions, { known: knownTroubles(decisions), paint: plain }).split('\n');

test('of trouble that goes on people were told once, which the lines that follow say', () => {
  expect(list([decision(1), decision(2), decision(3)]).map((line) => line.slice(20))).toEqual([
    ' web-1  held        web stays at 20: the maximum (AtMaximum)',
    ' web-2  held        web stays at 20: the maximum (AtMaximum), goes on: told before',
    ' web-3  held        web stays at 20: the maximum (AtMaximum), goes on: told before',
  ]);
});

test('trouble that was over in between is new', () => {
  const steady = decision(2, { reason: 'Steady', summary: 'web stays at 20' });

  expect(list([decision(1), steady, decision(3)]).join('\n')).not.toContain('told before');
});

test('changes stand out, and refusals are red', () => {
  const paint = {
    bold: (text: string) => `<b>${text}</b>`,
    red: (text: string) => `<r>${text}</r>`,
    cyan: String,
  };
  const decisions = [decision(1, { status: 'applied' }), decision(2, { status: 'refused' })];

  expect(listDecisions(decisions, { known: new Set(), paint }).split('\n')).toEqual([
    expect.stringMatching(/^<b>.*<\/b>$/),
    expect.stringMatching(/^<r>.*<\/r>$/),
  ]);
});
