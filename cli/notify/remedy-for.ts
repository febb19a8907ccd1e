import { displayOf } from '#channels/channels.ts';
import { storeCommand } from '#channels/describe-fix.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Delivery } from '#domain/notify/notice.ts';

type Trouble = Exclude<Delivery, { kind: 'sent' }>;

/** Says what to do about a trial that did not get through: by its cause, else by what became of it. */
export const remedyFor = (channel: Channel, { kind, detail }: Trouble): string => {
  const known = CAUSES.find(({ sign }) => sign.test(detail));
  if (known !== undefined) return known.help(channel);
  if (kind === 'broken') return displayOf(channel).fix(channel);
  return kind === 'refused' ? REFUSED : TRY_AGAIN[kind];
};

/** Signs of a cause in the details that channels give; the words of AWS come first. */
const CAUSES: readonly Readonly<{ sign: RegExp; help: (channel: Channel) => string }>[] = [
  {
    sign: /ParameterNotFound|ResourceNotFound/,
    help: (channel) =>
      `there is no such parameter in this Region and account; store it: ${storeCommand(channel)}`,
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
      'the deployment has no topic for this channel. Check --stage, and deploy if the channel is new. Or name the alarm topic: --topic ARN',
  },
  {
    sign: /AuthorizationError|AccessDenied|NotAuthorized/,
    help: (channel) =>
      `your own credentials may not send there: they need ${displayOf(channel).action ?? 'sns:Publish'}`,
  },
  {
    sign: /holds no webhook address/,
    help: (channel) => `put the whole URL there, of that origin: ${storeCommand(channel)}`,
  },
  {
    sign: /answered 429/,
    help: () => 'the channel is too busy; try again in a minute',
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|CONNECT_TIMEOUT/,
    help: () => 'this machine cannot reach it: check the name, proxies and firewalls',
  },
];

const REFUSED =
  'the message itself was refused, so others may get through: tidegate notify --render shows it; please report it';

const TRY_AGAIN = {
  failed: 'try again; if it stays so, look at the state of the service and at its log',
  unclear: 'no answer came: look whether it is there before you try again',
} as const;
