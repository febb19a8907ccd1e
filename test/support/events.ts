import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DIRECTORY = join(import.meta.dirname, '../../events');

/** The text of a recorded message in `events/`. */
export const readEvent = (name: string): string =>
  readFileSync(join(DIRECTORY, `${name}.json`), 'utf8');

/** The names of all recorded messages. */
export const eventNames = (): readonly string[] =>
  readdirSync(DIRECTORY)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();

/** A recorded message with some fields changed; undefined takes a field away. */
export const changed = (name: string, changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...JSON.parse(readEvent(name)), ...changes });

/** A text in the envelope of SNS. */
export const enveloped = (message: string, changes: Readonly<Record<string, unknown>> = {}) =>
  changed('sns-envelope', { Message: message, ...changes });
