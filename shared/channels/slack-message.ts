import type { KnownBlock, MrkdwnElement } from '@slack/types';
import type { Field, Message } from '#domain/notify/message.ts';
import type { Thread } from '#domain/notify/thread.ts';
import { cap, lines, oneLine } from './safe-text.ts';
import { safeUrl } from './safe-url.ts';
import { wholeText } from './whole-text.ts';

/** The body that an incoming webhook takes. */
export type SlackMessage = Readonly<{
  /** For notifications and screen readers. */
  text: string;
  blocks: readonly KnownBlock[];
  unfurl_links: false;
  unfurl_media: false;
}>;

/**
 * Slack's limits are 150 characters for a header, 3,000 for a section, 2,000 for each of at most 10
 * fields, and about 13,200 for all blocks together, whatever the documentation says of each.
 */
const LIMITS = {
  title: 150,
  text: 2_500,
  field: 400,
  fields: 10,
  context: 400,
  name: 80,
  links: 6,
  /** All links together; Slack takes 3,000 characters in an element. */
  linksText: 2_800,
} as const;

/** Lays a message out in Block Kit. Nothing in it can mention anybody, link anywhere, or be too long. */
export const slackMessage = (message: Message): SlackMessage => {
  const title = oneLine(message.title);

  return {
    text: cap(title, LIMITS.text, escaped),
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: cap(title, LIMITS.title), emoji: false },
      },
      ...textSection(message),
      ...fieldsSection(message),
      ...linksSection(message),
      { type: 'context', elements: [mrkdwn(cap(origin(message), LIMITS.context, escaped))] },
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
};

/** The first message of a thread, as its matter stands now: its own title, and what was said last. */
export const slackHead = (message: Message, { title }: Thread): SlackMessage => {
  const { blocks, ...rest } = slackMessage(message);
  const began = cap(`It began with: ${oneLine(title)}`, LIMITS.context, escaped);
  return { ...rest, blocks: [...blocks, { type: 'context', elements: [mrkdwn(began)] }] };
};

const textSection = (message: Message): readonly KnownBlock[] => {
  const shown = cap(lines(wholeText(message)), LIMITS.text, escaped);
  return shown === '' ? [] : [{ type: 'section', text: mrkdwn(shown) }];
};

const fieldsSection = ({ fields }: Message): readonly KnownBlock[] => {
  const shown = fields.slice(0, LIMITS.fields).map((field) => mrkdwn(fieldText(field)));
  return shown.length === 0 ? [] : [{ type: 'section', fields: shown }];
};

const fieldText = ({ name, value }: Field): string =>
  `*${cap(oneLine(name), LIMITS.name, escaped)}*\n${cap(oneLine(value), LIMITS.field, escaped)}`;

/** Only addresses that are whole and well-formed become links, and only so many as an element holds. */
const linksSection = ({ links }: Message): readonly KnownBlock[] => {
  const shown = links.flatMap(({ name, url }) => {
    const safe = safeUrl(url);
    return safe === undefined ? [] : [`<${safe}|${cap(oneLine(name), LIMITS.name, escaped)}>`];
  });
  const lines = shown
    .slice(0, LIMITS.links)
    .map((_, index, kept) => kept.slice(0, index + 1).join(' · '));
  const text = lines.findLast(({ length }) => length <= LIMITS.linksText);
  return text === undefined ? [] : [{ type: 'context', elements: [mrkdwn(text)] }];
};

const origin = ({ incident, reference, at }: Message): string =>
  oneLine(`${incident.key} · ${reference} · ${new Date(at).toISOString()}`);

/** Verbatim, so that Slack makes no links or mentions of addresses and names that it recognises. */
const mrkdwn = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });

/** Exactly what Slack asks for: https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escaped = (character: string): string => ESCAPES.get(character) ?? character;

const ESCAPES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);
