import type { Note } from '#domain/lane/note.ts';
import { isoTime } from '#simulator/kernel/iso-time.ts';
import type { HistoryEvent } from '../history.ts';

/** Writes the lines that a reader of the story sees; it leaves out what only repeats itself. */
export const createWriter = () => {
  let request = '';
  const isRepeated = (note: Note): boolean => {
    if (note.kind !== 'evaluation-requested') return false;
    const last = request;
    request = note.cause;
    return last === note.cause;
  };

  return (event: HistoryEvent): readonly string[] => {
    const time = isoTime(event.at).slice(11, 23);
    if (event.kind === 'world') return ['', `${time}  ▸ ${event.detail}`];
    if (event.kind === 'received') {
      const { channel, message } = event.received;
      return [labelled(time, channel.kind, message.title), labelled('', '', message.text)];
    }
    if (event.kind !== 'noted' || isRepeated(event.note)) return [];

    const { functionName } = event.invocation;
    return wordsOf(event.note).map((words) => labelled(time, functionName, words));
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
    case 'answered':
      return [`leaves out ${note.messages} of ${note.of} messages: they are answered already`];
    case 'evaluation-requested':
      return [`asks for a look at ${note.group}: ${note.cause}`];
    case 'missed-notification':
      return [`notices that ${note.alarm} fired ${note.forSeconds} s ago and never said so`];
    case 'shard-dropped':
      return [`leaves out ${note.groups} groups for a minute: ${note.lateSeconds} s too late`];
    case 'quarantined':
      return [`puts a message aside: ${note.problem}`];
    case 'look-failed':
    case 'evaluation-failed':
    case 'telling-failed':
    case 'retrying':
    case 'queue-failed':
      return [`${note.kind}: ${note.error.message}`];
    case 'channel':
      return [
        `finds the channel ${note.channel} ${note.isBroken ? 'broken' : 'working'}: ${note.detail}`,
      ];
    case 'notice':
    case 'ignored':
      return [];
  }
};

const settlement = ({ outcome, sinceAlarmMs }: Extract<Note, { kind: 'settled' }>): string => {
  const done = outcome.kind === 'scaled' || outcome.kind === 'replaced' ? 'done' : outcome.summary;
  return sinceAlarmMs === undefined ? done : `${done}, ${sinceAlarmMs} ms after the alarm fired`;
};
