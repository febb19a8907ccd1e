import type { Note } from '../../shared/domain/note.ts';
import { isoTime } from '../kernel/iso-time.ts';
import type { Happening } from './story.ts';

/** Writes the lines that a reader of the story sees; it leaves out what only repeats itself. */
export const createWriter = () => {
  let request = '';

  return (happening: Happening): readonly string[] => {
    const time = isoTime(happening.at).slice(11, 23);
    if (happening.kind === 'scene') return ['', `${time}  ▸ ${happening.title}`];
    if (happening.kind === 'message') {
      const { channel, message } = happening.received;
      return [labelled(time, channel.kind, message.title), labelled('', '', message.text)];
    }

    const { note, functionName } = happening;
    const isRepeated = note.kind === 'evaluation-requested' && request === note.cause;
    if (note.kind === 'evaluation-requested') request = note.cause;
    return isRepeated ? [] : wordsOf(note).map((words) => labelled(time, functionName, words));
  };
};

const labelled = (time: string, label: string, words: string): string =>
  `${time.padEnd(12)}  ${label.padEnd(6)}  ${words}`;

const wordsOf = (note: Note): readonly string[] => {
  switch (note.kind) {
    case 'decided':
      return note.isRecorded ? [`decides: ${note.decision.summary}`] : [];
    case 'settled':
      return [settlement(note)];
    case 'recovered':
      return [`finds ${note.decision.id} planned and not settled: ${note.how} (${note.detail})`];
    case 'coalesced':
      return [note.detail];
    case 'evaluation-requested':
      return [`asks for a look at ${note.group}: ${note.cause}`];
    case 'missed-notification':
      return [`notices that ${note.alarm} fired ${note.forSeconds} s ago and never said so`];
    case 'quarantined':
      return [`puts a message aside: ${note.problem}`];
    case 'evaluation-failed':
    case 'telling-failed':
    case 'retrying':
    case 'queue-failed':
      return [`${note.kind}: ${note.error.message}`];
    case 'notice':
    case 'ignored':
      return [];
  }
};

const settlement = ({ outcome, sinceAlarmMs }: Extract<Note, { kind: 'settled' }>): string => {
  const done = outcome.kind === 'scaled' || outcome.kind === 'replaced' ? 'done' : outcome.summary;
  return sinceAlarmMs === undefined ? done : `${done}, ${sinceAlarmMs} ms after the alarm fired`;
};
