import type { Whereabouts } from '#domain/basics/whereabouts.ts';
import type { Severity } from '#domain/configuration/alert.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Chart } from './chart.ts';
import type { Incident } from './incident.ts';
import type { Link } from './links.ts';

/** A message as a channel shows it. The texts are as long and as hostile as their origin: channels tame them. */
export type Message = Readonly<{
  /** One line: who, and what happened. */
  title: string;
  /** The reason, in a sentence or two; may be empty. */
  text: string;
  fields: readonly Field[];
  /** Links to read on. */
  links: readonly Link[];
  /** The metric that it is about, where somebody has looked. */
  chart?: Chart;
  /** The deployment that speaks, and where it runs; the fields say so, too. */
  where?: Whereabouts;
  severity: Severity;
  incident: Incident;
  /** By which people recognise a repeat: the decision's id, or the alarm's name. */
  reference: string;
  at: Instant;
}>;

export type Field = Readonly<{ name: string; value: string }>;

/** The words of a message. */
export type MessageWords = Pick<Message, 'title' | 'text' | 'fields'>;
