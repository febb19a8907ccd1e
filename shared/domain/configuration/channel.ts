import type { Window } from './schedule.ts';

/** A destination of messages. */
export type Channel = (
  | SlackChannel
  | SlackBotChannel
  | TeamsChannel
  | WebhookChannel
  | PagerDutyChannel
  | EmailChannel
  | MailChannel
) &
  Readonly<{
    /** At most so many messages an hour that are not urgent; any number when absent. */
    perHour?: number;
    /** Quiet hours: only critical news is told at once; the rest follows in one message. */
    quiet?: Window;
  }>;

/** A channel whose address is a secret. */
export type SecretAddress = Readonly<{
  name: string;
  /** The SSM parameter that keeps the webhook's URL. */
  webhookParameter: string;
  /** The only origins that the URL may point to; `https://*.example.com` stands for every host of it. */
  origins: readonly string[];
}>;

export type SlackChannel = SecretAddress & Readonly<{ kind: 'slack' }>;

/** A Slack channel that an app speaks in by its bot token, with a thread for each incident. */
export type SlackBotChannel = Readonly<{
  kind: 'slack-bot';
  name: string;
  /** The SSM parameter that keeps the token, `xoxb-…`. */
  tokenParameter: string;
  /** Slack's id of the channel, such as `C024BE91L`. */
  conversation: string;
  origin: string;
}>;

export type TeamsChannel = SecretAddress & Readonly<{ kind: 'teams' }>;

/** A server of one's own. */
export type WebhookChannel = SecretAddress &
  Readonly<{
    kind: 'webhook';
    /** The SSM parameter that keeps the key which signs messages. */
    signingParameter?: string;
  }>;

export type PagerDutyChannel = Readonly<{
  kind: 'pagerduty';
  name: string;
  /** The SSM parameter that keeps the integration's routing key. */
  keyParameter: string;
  origin: string;
}>;

/** Plain text, through a topic of SNS. */
export type EmailChannel = Readonly<{ kind: 'email'; name: string; address: string }>;

/** HTML in conversations, through SES. */
export type MailChannel = Readonly<{ kind: 'mail'; name: string; address: string; from: string }>;

/** Under such names Systems Manager hands out what Secrets Manager keeps. */
export const SECRETS_MANAGER = '/aws/reference/secretsmanager/';

export const isInSecretsManager = (parameter: string): boolean =>
  parameter.startsWith(SECRETS_MANAGER);

/** Names where a parameter lies, as the file says it: `/tidegate/slack`, `secretsmanager:slack`. */
export const describeParameter = (parameter: string): string =>
  isInSecretsManager(parameter)
    ? `secretsmanager:${parameter.slice(SECRETS_MANAGER.length)}`
    : parameter;

/** The capabilities of a kind of channel decide what it is told, and how. */
type Capabilities<C> = Readonly<{
  /** It opens and closes incidents by their keys: it takes a repeat for the same, and must hear of each end by itself. */
  keepsIncidents: boolean;
  /** It can keep the messages on one incident together. */
  supportsThreads: boolean;
  /** The SSM parameters that keep its secrets. */
  secrets: (channel: C) => readonly string[];
}>;

const webhookOf = ({ webhookParameter }: SecretAddress): readonly string[] => [webhookParameter];
const noSecrets = (): readonly never[] => [];

/** The capabilities of every kind of channel; a kind without its entry does not compile. */
const CAPABILITIES: {
  readonly [K in Channel['kind']]: Capabilities<Extract<Channel, { kind: K }>>;
} = {
  slack: { keepsIncidents: false, supportsThreads: false, secrets: webhookOf },
  'slack-bot': {
    keepsIncidents: false,
    supportsThreads: true,
    secrets: ({ tokenParameter }) => [tokenParameter],
  },
  teams: { keepsIncidents: false, supportsThreads: false, secrets: webhookOf },
  webhook: {
    keepsIncidents: false,
    supportsThreads: false,
    secrets: ({ webhookParameter, signingParameter }) =>
      signingParameter === undefined ? [webhookParameter] : [webhookParameter, signingParameter],
  },
  pagerduty: {
    keepsIncidents: true,
    supportsThreads: false,
    secrets: ({ keyParameter }) => [keyParameter],
  },
  email: { keepsIncidents: false, supportsThreads: false, secrets: noSecrets },
  mail: { keepsIncidents: false, supportsThreads: true, secrets: noSecrets },
};

/** Looks up the capabilities of a channel; the table has those of its own kind. */
export const capabilitiesOf = ({ kind }: Pick<Channel, 'kind'>): Capabilities<Channel> =>
  CAPABILITIES[kind] as Capabilities<Channel>;

/** The SSM parameters that a channel needs. */
export const parametersOf = (channel: Channel): readonly string[] =>
  capabilitiesOf(channel).secrets(channel);
