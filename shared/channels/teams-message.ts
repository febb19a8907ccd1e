import type { Message } from '#domain/notify/message.ts';
import { cap, lines, oneLine } from './safe-text.ts';
import { safeUrl } from './safe-url.ts';
import { wholeText } from './whole-text.ts';

const LIMITS = { title: 300, text: 2_500, field: 400, fields: 12, name: 80, links: 6 } as const;
type CardLimits = Readonly<Record<keyof typeof LIMITS, number>>;

/** Lengths for a message whose characters take many bytes each, or must be escaped. */
const TIGHT: CardLimits = { title: 150, text: 1_000, field: 150, fields: 10, name: 40, links: 4 };

/** Teams refuses messages above 28 KB, counted in bytes: this leaves room for what it adds itself. */
const MOST_BYTES = 24_000;

type TextBlock = Readonly<{
  type: 'TextBlock';
  text: string;
  wrap: true;
  weight?: 'Bolder';
  size?: 'Medium';
  color?: 'Attention' | 'Warning' | 'Default';
  isSubtle?: true;
}>;

type FactSet = Readonly<{
  type: 'FactSet';
  facts: readonly Readonly<{ title: string; value: string }>[];
}>;

type OpenUrl = Readonly<{ type: 'Action.OpenUrl'; title: string; url: string }>;

/** The body that the webhook of a workflow takes: a message with one Adaptive Card. */
export type TeamsMessage = Readonly<{
  type: 'message';
  attachments: readonly [
    Readonly<{
      contentType: 'application/vnd.microsoft.card.adaptive';
      content: Readonly<{
        type: 'AdaptiveCard';
        version: '1.4';
        body: readonly (TextBlock | FactSet)[];
        actions: readonly OpenUrl[];
      }>;
    }>,
  ];
}>;

/**
 * Lays a message out as an Adaptive Card. Text blocks know a little Markdown, so its signs are escaped.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
 */
export const teamsMessage = (message: Message): TeamsMessage => {
  const whole = cardOf(message, LIMITS);
  return Buffer.byteLength(JSON.stringify(whole)) <= MOST_BYTES ? whole : cardOf(message, TIGHT);
};

const cardOf = (message: Message, limits: CardLimits): TeamsMessage => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.4', ...layOut(message, limits) },
    },
  ],
});

const layOut = (message: Message, limits: CardLimits) => ({
  body: bodyOf(message, limits),
  actions: actionsOf(message, limits),
});

const actionsOf = ({ links }: Message, limits: CardLimits): readonly OpenUrl[] =>
  links.slice(0, limits.links).flatMap(({ name, url }) => {
    const safe = safeUrl(url);
    return safe === undefined
      ? []
      : [{ type: 'Action.OpenUrl', title: cap(oneLine(name), limits.name), url: safe }];
  });

const bodyOf = (message: Message, limits: CardLimits): readonly (TextBlock | FactSet)[] => {
  const { title, fields, severity, incident, reference, at } = message;
  const shown = cap(lines(wholeText(message)), limits.text, escaped);
  const facts = fields.slice(0, limits.fields).map(({ name, value }) => ({
    title: cap(oneLine(name), limits.name),
    value: cap(oneLine(value), limits.field, escaped),
  }));
  return [
    {
      type: 'TextBlock',
      text: cap(oneLine(title), limits.title, escaped),
      wrap: true,
      weight: 'Bolder',
      size: 'Medium',
      color: COLORS[severity],
    },
    ...(shown === '' ? [] : [{ type: 'TextBlock', text: shown, wrap: true } as const]),
    ...(facts.length === 0 ? [] : [{ type: 'FactSet', facts } as const]),
    {
      type: 'TextBlock',
      wrap: true,
      isSubtle: true,
      text: cap(
        `${oneLine(`${incident.key} · ${reference}`)} · ${new Date(at).toISOString()}`,
        limits.field,
        escaped,
      ),
    },
  ];
};

const COLORS = { critical: 'Attention', warning: 'Warning', info: 'Default' } as const;

const escaped = (character: string): string =>
  /[\\`*_{}[\]()<>#~|]/.test(character) ? `\\${character}` : character;
