import type * as z from 'zod';
import { secretReference, webhookOrigin } from '#parse/configuration/words/notify.ts';
import { emailAddress, slackChannelId } from '#parse/configuration/words/text.ts';
import { wholeNumber } from '#parse/configuration/words/whole-number.ts';
import { describeValue } from '../describe-value.ts';
import type { Complaint } from '../fault.ts';
import { isMapping } from '../mapping.ts';
import { leaf } from './leaf.ts';
import { mapping } from './mapping.ts';
import { window } from './window-schema.ts';

const origin = (usual: string) =>
  leaf(webhookOrigin, `The only origin that the URL may point to, if not ${usual}.`).optional();

const perHour = leaf(
  wholeNumber({ min: 1, max: 10_000 }),
  'At most so many messages an hour that are not urgent; 60 unless said otherwise.',
).prefault(60);

const quiet = window
  .meta({
    description: 'Quiet hours: what is critical comes at once, the rest in one message afterwards.',
  })
  .optional();

/** Schemas of the kinds of channels. */
export const CHANNEL_SCHEMAS = {
  slack: mapping('A Slack channel, by an incoming webhook.', {
    slack: leaf(secretReference, 'Where the URL of the incoming webhook is kept: ssm:/PATH.'),
    origin: origin('Slack itself'),
    perHour,
    quiet,
  }),
  slackBot: mapping('A Slack channel, by the bot token of an app: with threads and charts.', {
    slackBot: leaf(secretReference, 'Where the bot token (xoxb-…) is kept: ssm:/PATH.'),
    channel: leaf(slackChannelId, "Slack's id of the channel, such as C024BE91L."),
    origin: leaf(webhookOrigin, 'The origin of the Web API, if not https://slack.com.').optional(),
    perHour,
    quiet,
  }),
  teams: mapping('A channel of Microsoft Teams, by the webhook of a workflow.', {
    teams: leaf(secretReference, "Where the URL of the workflow's webhook is kept: ssm:/PATH."),
    origin: origin("Microsoft's hosts for workflows"),
    perHour,
    quiet,
  }),
  pagerduty: mapping('A service of PagerDuty, by an integration of the Events API v2.', {
    pagerduty: leaf(
      secretReference,
      'Where the routing key of the integration is kept: ssm:/PATH.',
    ),
    origin: leaf(
      webhookOrigin,
      'https://events.eu.pagerduty.com for accounts in the EU; https://events.pagerduty.com unless said otherwise.',
    ).optional(),
  }),
  webhook: mapping('A server of your own that takes JSON.', {
    webhook: leaf(secretReference, 'Where its URL is kept: ssm:/PATH.'),
    origin: leaf(webhookOrigin, 'The only origin that the URL may point to.'),
    signingKey: leaf(
      secretReference,
      'Where the key is kept that signs messages (HMAC-SHA256): ssm:/PATH.',
    ).optional(),
    perHour,
    quiet,
  }),
  email: mapping('A mailbox.', {
    email: leaf(emailAddress, 'The address; its owner confirms the subscription once.'),
    from: leaf(
      emailAddress,
      'The sender, of an identity that is verified in SES: then mails are HTML, in conversations, with charts.',
    ).optional(),
    perHour,
    quiet,
  }),
} as const;

type ChannelKind = keyof typeof CHANNEL_SCHEMAS;
export type ChannelInput = {
  [K in ChannelKind]: z.output<(typeof CHANNEL_SCHEMAS)[K]>;
}[ChannelKind];

const KINDS = Object.keys(CHANNEL_SCHEMAS) as readonly ChannelKind[];

/** Finds the kind of a channel: the one key that names it. */
export const kindOfChannel = (value: unknown): ChannelKind | Complaint => {
  const found = isMapping(value) ? KINDS.filter((kind) => Object.hasOwn(value, kind)) : [];
  const [kind, ...others] = found;
  if (kind !== undefined && others.length === 0) return kind;

  return {
    code: others.length > 0 ? 'conflict' : 'wrong-type',
    message: others.length > 0 ? `found ${found.join(' and ')}` : `found ${describeChannel(value)}`,
    expected: `a mapping with one of ${KINDS.join(', ')}, such as { email: ops@example.com }`,
  };
};

const describeChannel = (value: unknown): string =>
  isMapping(value) ? `none of ${KINDS.join(', ')}` : describeValue(value);
