import { isoTime } from '#simulator/kernel/iso-time.ts';
import type { HistoryEvent } from '../history.ts';

/** An event of a run on one line. */
export const traceLine = (event: HistoryEvent): string =>
  `${isoTime(event.at).slice(11, 23)}  ${event.kind.padEnd(13)} ${detailOf(event)}`;

const LONGEST = 220;

const short = (value: unknown): string => {
  const text = value instanceof Map ? JSON.stringify([...value]) : JSON.stringify(value);
  return text === undefined || text.length <= LONGEST ? (text ?? '') : `${text.slice(0, LONGEST)}…`;
};

const detailOf = (event: HistoryEvent): string => {
  switch (event.kind) {
    case 'invoked':
      return `${event.invocation.id} ${short(event.event)}`;
    case 'ended':
      return `${event.invocation.id} ${short(event.response)}`;
    case 'failed':
      return `${event.invocation.id} ${event.error}`;
    case 'applying':
      return `${event.trip.invocation.id} ${event.trip.action} ${short(event.trip.input)}`;
    case 'answered':
      return `${event.trip.invocation.id} ${event.trip.action} → ${event.error ?? short(event.answer)}`;
    case 'noted':
      return `${event.invocation.id} ${short(event.note)}`;
    case 'published':
      return `${event.topic} ${short(event.message)}`;
    case 'received':
      return `${event.received.channel.name} ${event.received.message.title}`;
    case 'dead-lettered':
      return `${event.queue} after ${event.receives}: ${short(event.body)}`;
    case 'fault':
      return `${event.fault} ${event.detail}`;
    case 'world':
      return event.detail;
  }
};
