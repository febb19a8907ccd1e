import { type Channel, isInSecretsManager, parametersOf } from '#domain/configuration/channel.ts';
import type { Delivery } from '#domain/notify/notice.ts';

type Trouble = Exclude<Delivery, { kind: 'sent' }>;

/** Says what to do about a trial that did not get through: by its cause, else by what became of it. */
export const remedyFor = (channel: Channel, { kind, detail }: Trouble): string => {
  const known = CAUSES.find(({ sign }) => sign.test(detail));
  if (known !== undefined) return known.help(channel);
  if (kind === 'broken') return BROKEN[channel.kind](channel);
  return kind === 'refused' ? REFUSED : TRY_AGAIN[kind];
};

const store = (channel: Channel): string => {
  const [name = ''] = parametersOf(channel);
  return isInSecretsManager(name)
    ? 'aws secretsmanager put-secret-value'
    : `aws ssm put-parameter --overwrite --type SecureString --name ${name} --value file://FILE`;
};

/** Signs of a cause in the details that channels give; the words of AWS come first. */
const CAUSES: readonly Readonly<{ sign: RegExp; help: (channel: Channel) => string }>[] = [
  {
    sign: /ParameterNotFound|ResourceNotFound/,
    help: (channel) =>
      `there is no such parameter in this Region and account; store it: ${store(channel)}`,
  },
  {
    sign: /could not be read: AccessDenied/,
    help: () =>
      'your own credentials may not read it: they need ssm:GetParameter, kms:Decrypt and, for a secret, secretsmanager:GetSecretValue',
  },
  {
    sign: /CredentialsProviderError|ExpiredToken|UnrecognizedClient|InvalidClientTokenId/,
    help: () => 'sign in: aws sso login, or export AWS_PROFILE',
  },
  {
    sign: /names no topic/,
    help: () =>
      'the deployment has no topic for it: is this its stage, and was it deployed since the channel was added? Else name the alarm topic: --topic ARN',
  },
  {
    sign: /AuthorizationError|AccessDenied|NotAuthorized/,
    help: (channel) =>
      `your own credentials may not send there: they need ${channel.kind === 'mail' ? 'ses:SendEmail' : 'sns:Publish'}`,
  },
  {
    sign: /holds no webhook address/,
    help: (channel) => `put the whole URL there, of that origin: ${store(channel)}`,
  },
  {
    sign: /answered 429/,
    help: () => 'it asks for a rest; try again in a minute',
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|CONNECT_TIMEOUT/,
    help: () => 'this machine does not reach it: look at its name, at proxies and firewalls',
  },
];

const newWebhook = (channel: Channel): string =>
  `the webhook was revoked, or its channel archived: make a new one, and store it: ${store(channel)}`;

/** Says what is wrong when a channel takes nothing any more. */
const BROKEN: Readonly<Record<Channel['kind'], (channel: Channel) => string>> = {
  slack: newWebhook,
  teams: newWebhook,
  webhook: (channel) => `look at its log, and correct the URL if it has moved: ${store(channel)}`,
  'slack-bot': (channel) =>
    `invite the app into the channel, give it the scopes chat:write and files:write, or store its new token: ${store(channel)}`,
  pagerduty: (channel) =>
    `PagerDuty does not know the routing key: take that of an Events API v2 integration, and store it: ${store(channel)}`,
  mail: () =>
    'verify the sender in SES, in this Region; while the account is in the sandbox, the receiver, too',
  email: () => 'look at the policy of its topic, and deploy again',
};

const REFUSED =
  'the message itself was refused, so others may get through: tidegate notify --render shows it; please report it';

const TRY_AGAIN = {
  failed: 'try again; if it stays so, look at the state of the service and at its log',
  unclear: 'no answer came: look whether it is there before you try again',
} as const;
