import type { Channel } from '#domain/configuration/channel.ts';

type OfKind<K extends Channel['kind']> = Readonly<{
  /** The channel as `tidegate.yml` has it. */
  written: string;
  channel: Extract<Channel, { kind: K }>;
}>;

/** A channel of each kind, as it is written and as it is read; a kind without one does not compile. */
export const A_CHANNEL: { readonly [K in Channel['kind']]: OfKind<K> } = {
  slack: {
    written: '{ slack: "ssm:/hook", origin: https://hooks.example }',
    channel: {
      kind: 'slack',
      name: 'it',
      webhookParameter: '/hook',
      origins: ['https://hooks.example'],
      perHour: 60,
    },
  },
  'slack-bot': {
    written: '{ slackBot: "ssm:/token", channel: C024BE91L }',
    channel: {
      kind: 'slack-bot',
      name: 'it',
      tokenParameter: '/token',
      conversation: 'C024BE91L',
      origin: 'https://slack.com',
      perHour: 60,
    },
  },
  teams: {
    written: '{ teams: "ssm:/hook", origin: https://hooks.example }',
    channel: {
      kind: 'teams',
      name: 'it',
      webhookParameter: '/hook',
      origins: ['https://hooks.example'],
      perHour: 60,
    },
  },
  webhook: {
    written: '{ webhook: "ssm:/hook", origin: https://hooks.example }',
    channel: {
      kind: 'webhook',
      name: 'it',
      webhookParameter: '/hook',
      origins: ['https://hooks.example'],
      perHour: 60,
    },
  },
  pagerduty: {
    written: '{ pagerduty: "ssm:/key" }',
    channel: {
      kind: 'pagerduty',
      name: 'it',
      keyParameter: '/key',
      origin: 'https://events.pagerduty.com',
    },
  },
  email: {
    written: '{ email: ops@example.com }',
    channel: { kind: 'email', name: 'it', address: 'ops@example.com', perHour: 60 },
  },
  mail: {
    written: '{ email: ops@example.com, from: tide@example.com }',
    channel: {
      kind: 'mail',
      name: 'it',
      address: 'ops@example.com',
      from: 'tide@example.com',
      perHour: 60,
    },
  },
};

/** The channel of each kind. */
export const EVERY_CHANNEL: readonly Channel[] = Object.values(A_CHANNEL).map(
  ({ channel }) => channel,
);
