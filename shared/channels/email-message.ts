import type { Message } from '../domain/describe-news.ts';
import { cap, lines, oneLine } from './tame.ts';

/** SNS takes less than 100 ASCII characters on one line. */
const MAX_SUBJECT = 99;
/** Far below the 256 KB of SNS, and all that anybody reads. */
const MAX_TEXT = 4_000;
const MAX_FIELD = 400;

/** The title in ASCII: accents are dropped, other characters become question marks. */
export const emailSubject = ({ title }: Message): string =>
  oneLine(`[Tidegate] ${oneLine(title)}`)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/→/g, '->')
    .replace(/[^\x20-\x7e]/gu, '?')
    .slice(0, MAX_SUBJECT)
    .trim();

/** Plain text: SNS has nothing else. */
export const emailBody = ({ title, text, fields, reference, at }: Message): string =>
  [
    cap(oneLine(title), MAX_FIELD),
    cap(lines(text), MAX_TEXT),
    fields.map(({ name, value }) => `${name}: ${cap(oneLine(value), MAX_FIELD)}`).join('\n'),
    `${cap(oneLine(reference), MAX_FIELD)} · ${new Date(at).toISOString()}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
