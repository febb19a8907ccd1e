import type * as z from 'zod';
import type { Channel } from '#domain/configuration/channel.ts';
import { type Secret, secretReference, webhookOrigin } from '#parse/configuration/words/notify.ts';
import { emailAddress, slackChannelId } from '#parse/configuration/words/text.ts';
import { wholeNumber } from '#parse/configuration/words/whole-number.ts';
import { leaf } from './schema/leaf.ts';
import { mapping } from './schema/mapping.ts';
import { window } from './schema/window-schema.ts';

/** The form of a channel: its keys in `tidegate.yml`, and the channel that they mean. */
export type ChannelForm<Input> = Readonly<{
  schema: z.ZodType<Input>;
  /** It fills in what is usual, such as the origins that a secret address may point to. */
  normalise: (name: string, input: Input) => Channel;
}>;

const form = <Input, C extends Channel>(
  schema: z.ZodType<Input>,
  normalise: (name: string, input: Input) => C,
) => ({ schema, normalise });

const origin = (usual: string) =>
  leaf(webhookOrigin, `The only origin that the URL may point to, if not ${usual}.`).optional();

const perHour = leaf(
  wholeNumber({ min: 1, max: 10_000 }),
  'The most messages in an hour; urgent ones do not count. Default: 60.',
).prefault(60);

const quiet = window
  .meta({
    description: 'Quiet hours: critical news comes at once, the rest in one message afterwards.',
  })
  .optional();

/** Slack's own, and the one that it runs for the public sector. */
const SLACK_ORIGINS = ['https://hooks.slack.com', 'https://hooks.slack-gov.com'];
const SLACK_API = 'https://slack.com';
const PAGERDUTY_ORIGIN = 'https://events.pagerduty.com';

/**
 * Workflows have hosts by Region and by environment
 * (https://learn.microsoft.com/en-us/power-automate/ip-address-configuration).
 */
const TEAMS_ORIGINS = [
  'https://*.logic.azure.com',
  'https://*.powerplatform.com',
  'https://*.webhook.office.com',
];

/** The secrets of channels, by their keys. */
const SECRETS = {
  slack: {
    what: 'the URL',
    parameter: 'slack-webhook',
    renew: 'make Slack issue a new URL',
  },
  slackBot: {
    what: 'the bot token',
    parameter: 'slack-bot',
    renew: 'revoke the token in Slack and install the app again',
  },
  teams: {
    what: 'the URL',
    parameter: 'teams-webhook',
    renew: 'delete this workflow in Teams and make a new one',
  },
  pagerduty: {
    what: 'the routing key',
    parameter: 'pagerduty-key',
    renew: 'delete this integration in PagerDuty and make a new one',
  },
  webhook: {
    what: 'the URL',
    parameter: 'own-webhook',
    renew: 'give your server another URL',
  },
  signingKey: {
    what: 'the signing key',
    parameter: 'own-signing-key',
    renew: 'make another key',
  },
} as const satisfies Readonly<Record<string, Secret>>;

const slack = form(
  mapping('A Slack channel, by an incoming webhook.', {
    slack: leaf(
      secretReference(SECRETS.slack),
      'Where the URL of the incoming webhook is kept: ssm:/PATH.',
    ),
    origin: origin('Slack itself'),
    perHour,
    quiet,
  }),
  (name, input) => ({
    kind: 'slack' as const,
    name,
    webhookParameter: input.slack,
    origins: input.origin === undefined ? SLACK_ORIGINS : [input.origin],
  }),
);

const slackBot = form(
  mapping('A Slack channel, by the bot token of an app: with threads and charts.', {
    slackBot: leaf(
      secretReference(SECRETS.slackBot),
      'Where the bot token (xoxb-…) is kept: ssm:/PATH.',
    ),
    channel: leaf(slackChannelId, "Slack's id of the channel, such as C024BE91L."),
    origin: leaf(webhookOrigin, 'The origin of the Web API, if not https://slack.com.').optional(),
    perHour,
    quiet,
  }),
  (name, input) => ({
    kind: 'slack-bot' as const,
    name,
    tokenParameter: input.slackBot,
    conversation: input.channel,
    origin: input.origin ?? SLACK_API,
  }),
);

const teams = form(
  mapping('A channel of Microsoft Teams, by the webhook of a workflow.', {
    teams: leaf(
      secretReference(SECRETS.teams),
      "Where the URL of the workflow's webhook is kept: ssm:/PATH.",
    ),
    origin: origin("Microsoft's hosts for workflows"),
    perHour,
    quiet,
  }),
  (name, input) => ({
    kind: 'teams' as const,
    name,
    webhookParameter: input.teams,
    origins: input.origin === undefined ? TEAMS_ORIGINS : [input.origin],
  }),
);

/** PagerDuty gathers by itself, and must hear of every end: it has no budget and no quiet hours. */
const pagerduty = form(
  mapping('A service of PagerDuty, by an integration of the Events API v2.', {
    pagerduty: leaf(
      secretReference(SECRETS.pagerduty),
      'Where the routing key of the integration is kept: ssm:/PATH.',
    ),
    origin: leaf(
      webhookOrigin,
      'https://events.eu.pagerduty.com for accounts in the EU. Default: https://events.pagerduty.com.',
    ).optional(),
  }),
  (name, input) => ({
    kind: 'pagerduty' as const,
    name,
    keyParameter: input.pagerduty,
    origin: input.origin ?? PAGERDUTY_ORIGIN,
  }),
);

const webhook = form(
  mapping('A server of your own that takes JSON.', {
    webhook: leaf(secretReference(SECRETS.webhook), 'Where its URL is kept: ssm:/PATH.'),
    origin: leaf(webhookOrigin, 'The only origin that the URL may point to.'),
    signingKey: leaf(
      secretReference(SECRETS.signingKey),
      'Where the key is kept that signs messages (HMAC-SHA256): ssm:/PATH.',
    ).optional(),
    perHour,
    quiet,
  }),
  (name, input) => ({
    kind: 'webhook' as const,
    name,
    webhookParameter: input.webhook,
    origins: [input.origin],
    ...(input.signingKey === undefined ? {} : { signingParameter: input.signingKey }),
  }),
);

/** A mailbox gets plain text through SNS, or HTML through SES where it has a sender. */
const email = form(
  mapping('A mailbox.', {
    email: leaf(emailAddress, 'The address; its owner confirms the subscription once.'),
    from: leaf(
      emailAddress,
      'The sender, of an identity that is verified in SES: then mails are HTML, in conversations, with charts.',
    ).optional(),
    perHour,
    quiet,
  }),
  (name, { email: address, from }) =>
    from === undefined
      ? { kind: 'email' as const, name, address }
      : { kind: 'mail' as const, name, address, from },
);

/** The forms of channels, by the key that names each. */
export const CHANNEL_FORMS = { slack, slackBot, teams, pagerduty, webhook, email } as const;
