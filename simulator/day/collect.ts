import type { Figure, WorldEvent } from '#console/page/data.ts';
import type { Note } from '#domain/lane/note.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import type { OutcomeKind } from '#domain/ledger/outcome.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Sample, Summary } from '#simulator/fleet/sample.ts';
import { summaryOf } from '#simulator/fleet/sample.ts';
import { createReversalCounter } from '#simulator/run/reversals.ts';
import type { HistoryEvent } from '../history.ts';
import type { Mark } from './mark.ts';

export type Collector = ReturnType<typeof createCollector>;

/** Gathers what a day leaves behind: samples, decisions that were recorded, messages. */
export const createCollector = () => {
  const samples: Sample[] = [];
  const marks: Mark[] = [];
  const events: WorldEvent[] = [];
  const isReversal = createReversalCounter();
  let [messages, reversals] = [0, 0];

  const take = (note: Note, at: Instant): void => {
    if (note.kind === 'settled') {
      marks.push(markOf(note.decision, note.outcome.kind, at));
      if (isReversal(note.decision, note.outcome)) reversals += 1;
    }
    if (note.kind === 'decided' && note.isRecorded && isHold(note.decision)) {
      marks.push(markOf(note.decision, holdKind(note.decision), at));
    }
  };

  return {
    samples,
    marks,
    /** Things that happened to the fleet. */
    events,
    sample: (sample: Sample): void => {
      samples.push(sample);
    },
    listen: (event: HistoryEvent): void => {
      if (event.kind === 'received') messages += 1;
      if (event.kind === 'noted') take(event.note, event.at);
      if (event.kind === 'world') events.push({ at: event.at, text: event.detail });
    },
    figures: (): readonly Figure[] => figuresOf(summaryOf(samples), { marks, messages, reversals }),
    summary: () => ({
      ...summaryOf(samples),
      decisions: marks.length,
      changes: marks.filter(isChange).length,
      reversals,
      messages,
    }),
  };
};

const isHold = (decision: Decision): boolean =>
  decision.kind === 'capacity' ? decision.from === decision.to : decision.removals.length === 0;

const holdKind = ({ reason }: Decision): OutcomeKind =>
  reason === 'AtMaximum' ? 'at-max' : 'held';

const isChange = ({ kind }: Mark): boolean => kind === 'scaled' || kind === 'replaced';

const markOf = (decision: Decision, kind: OutcomeKind, at: number): Mark => ({
  at,
  id: decision.id,
  kind,
  summary: decision.summary,
  reason: decision.reason,
});

type Told = Readonly<{ marks: readonly Mark[]; messages: number; reversals: number }>;

const figuresOf = (summary: Summary, { marks, messages, reversals }: Told): readonly Figure[] => [
  { name: 'Requests', value: grouped(summary.requests) },
  { name: 'Too slow or lost', value: share(summary.violated, summary.requests) },
  { name: 'Instance-hours', value: summary.instanceHours.toFixed(1) },
  { name: 'Most instances', value: String(summary.largestServing) },
  { name: 'Changes', value: String(marks.filter(isChange).length) },
  { name: 'Reversals', value: String(reversals) },
  { name: 'Decisions recorded', value: String(marks.length) },
  { name: 'Messages', value: String(messages) },
];

const share = (part: number, whole: number): string =>
  `${whole === 0 ? 0 : ((100 * part) / whole).toFixed(2)} %`;

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
