import type { Message } from '#domain/notify/message.ts';
import { cap, lines, oneLine } from './safe-text.ts';
import { safeUrl } from './safe-url.ts';
import { wholeText } from './whole-text.ts';

/** SNS takes less than 100 ASCII characters on one line. */
const MAX_SUBJECT = 99;
/** Far below the 256 KB of SNS, and all that anybody reads. */
const MAX_TEXT = 4_000;
const MAX_FIELD = 400;
const MAX_NAME = 80;
const MAX_FIELDS = 40;
const MAX_LINKS = 10;

/** The title in ASCII: accents are dropped, other characters become question marks. */
export const emailSubject = (message: Message): string =>
  oneLine(`${senderIn(message)} ${oneLine(message.title)}`)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/→/g, '->')
    .replace(/[^\x20-\x7e]/gu, '?')
    .slice(0, MAX_SUBJECT)
    .trim();

/** `[Tidegate prod]`: a subject begins with who speaks, so that stages are told apart at a glance. */
export const senderIn = ({ where }: Message): string =>
  where?.stage === undefined ? '[Tidegate]' : `[Tidegate ${oneLine(where.stage)}]`;

/** Plain text: SNS has nothing else. */
export const emailBody = (message: Message): string => {
  const { title, fields, links, incident, reference, at } = message;
  return [
    cap(oneLine(title), MAX_FIELD),
    cap(lines(wholeText(message)), MAX_TEXT),
    fields
      .slice(0, MAX_FIELDS)
      .map(
        ({ name, value }) => `${cap(oneLine(name), MAX_NAME)}: ${cap(oneLine(value), MAX_FIELD)}`,
      )
      .join('\n'),
    links
      .slice(0, MAX_LINKS)
      .map(({ name, url }) => `${cap(oneLine(name), MAX_NAME)}: ${safeUrl(url) ?? ''}`)
      .join('\n'),
    `${cap(oneLine(`${incident.key} · ${reference}`), MAX_FIELD)} · ${new Date(at).toISOString()}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};
