import type { Channel } from '#domain/configuration/channel.ts';
import type { ChannelInput } from '#parse/configuration/schema/channel-schemas.ts';
import { windowOf } from './window-of.ts';

/** A channel, with the origins that its address may point to. */
export const channelOf = (name: string, input: ChannelInput): Channel => ({
  ...reachOf(name, input),
  // PagerDuty gathers by itself, and must hear of every end.
  ...('perHour' in input ? { perHour: input.perHour } : {}),
  ...('quiet' in input && input.quiet !== undefined ? { quiet: windowOf(input.quiet) } : {}),
});

const reachOf = (name: string, input: ChannelInput): Channel => {
  if ('email' in input) return mailboxOf(name, input);
  if ('slackBot' in input) {
    const { slackBot: tokenParameter, channel: conversation, origin = SLACK_API } = input;
    return { kind: 'slack-bot', name, tokenParameter, conversation, origin };
  }
  if ('pagerduty' in input) {
    const { pagerduty: keyParameter, origin = PAGERDUTY_ORIGIN } = input;
    return { kind: 'pagerduty', name, keyParameter, origin };
  }
  if ('webhook' in input) {
    const { webhook, origin, signingKey } = input;
    return {
      kind: 'webhook',
      name,
      webhookParameter: webhook,
      origins: [origin],
      ...(signingKey === undefined ? {} : { signingParameter: signingKey }),
    };
  }

  const [kind, webhookParameter, usual] =
    'slack' in input
      ? (['slack', input.slack, SLACK_ORIGINS] as const)
      : (['teams', input.teams, TEAMS_ORIGINS] as const);
  const origins = input.origin === undefined ? usual : [input.origin];
  return { kind, name, webhookParameter, origins };
};

const mailboxOf = (
  name: string,
  { email: address, from }: Extract<ChannelInput, { email: string }>,
): Channel =>
  from === undefined ? { kind: 'email', name, address } : { kind: 'mail', name, address, from };

const SLACK_API = 'https://slack.com';

/** Slack's own, and the one that it runs for the public sector. */
const SLACK_ORIGINS = ['https://hooks.slack.com', 'https://hooks.slack-gov.com'];

/**
 * Workflows have hosts by Region and by environment
 * (https://learn.microsoft.com/en-us/power-automate/ip-address-configuration).
 */
const TEAMS_ORIGINS = [
  'https://*.logic.azure.com',
  'https://*.powerplatform.com',
  'https://*.webhook.office.com',
];

const PAGERDUTY_ORIGIN = 'https://events.pagerduty.com';
