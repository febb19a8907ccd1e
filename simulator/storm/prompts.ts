import type { Note } from '#domain/lane/note.ts';
import type { HistoryEvent } from '#simulator/history.ts';

/** The group that an alarm of a storm is bound to. */
export const groupOfAlarm = (alarm: string): string => alarm.replace(/-(busy|slow)$/, '');

type Bodies = readonly Readonly<{ body: string }>[];

/** Counts the evaluations, those that messages about alarms prompted, and the messages that needed none. */
export const createPrompts = () => {
  const groups = new Map<string, Set<string>>();
  let [evaluations, prompted, answered] = [0, 0, 0];

  const add = (invocation: string, records: Bodies): void => {
    const known = groups.get(invocation) ?? new Set();
    groups.set(invocation, known);
    for (const { body } of records) {
      const alarm = /AlarmName\\":\\"([^"\\]+)/.exec(body)?.[1];
      if (alarm !== undefined) known.add(groupOfAlarm(alarm));
    }
  };
  const hear = (note: Note, invocation: string): void => {
    if (note.kind === 'answered') answered += note.messages;
    if (note.kind !== 'decided') return;
    evaluations += 1;
    if (groups.get(invocation)?.has(note.decision.group) === true) prompted += 1;
  };

  return {
    figures: () => ({ evaluations, prompted, answered }),
    follow: (event: HistoryEvent): void => {
      if (event.kind === 'noted') hear(event.note, event.invocation.id);
      const taken = takenIn(event);
      if (taken !== undefined) add(taken.invocation, taken.records);
      if (event.kind === 'ended' || event.kind === 'failed') groups.delete(event.invocation.id);
    },
  };
};

/** The messages that an invocation of scale was given, or took itself. */
const takenIn = (
  event: HistoryEvent,
): Readonly<{ invocation: string; records: Bodies }> | undefined => {
  if (event.kind === 'invoked' && event.invocation.functionName === 'scale') {
    const { Records } = event.event as Readonly<{ Records: Bodies }>;
    return { invocation: event.invocation.id, records: Records };
  }
  return event.kind === 'answered' && event.trip.action === 'ReceiveMessage'
    ? { invocation: event.trip.invocation.id, records: (event.answer ?? []) as Bodies }
    : undefined;
};
