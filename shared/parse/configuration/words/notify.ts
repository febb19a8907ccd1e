import { ok } from '#domain/basics/result.ts';
import { SECRETS_MANAGER } from '#domain/configuration/channel.ts';
import { quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { didYouMean } from '../nearest.ts';
import { textWords, type Words } from './words.ts';

/**
 * `ssm:/path` or `secretsmanager:name`: where a secret is kept. Its value is the name of a parameter;
 * Systems Manager hands out the secrets of Secrets Manager under such names, too
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html).
 */
export const secretReference: Words<string> = textWords({
  expected:
    'ssm: and the path of a SecureString parameter, such as ssm:/tidegate/slack-webhook, or secretsmanager: and the name of a secret',
  schema: {
    pattern: '^(ssm:(/[A-Za-z0-9_.-]+){1,15}|secretsmanager:[A-Za-z0-9/_+=.@-]{1,512})$',
    examples: ['ssm:/tidegate/ops', 'secretsmanager:tidegate/ops'],
  },
  read: (text) => {
    const secret = /^secretsmanager:([A-Za-z0-9/_+=.@-]{1,512})$/.exec(text)?.[1];
    if (secret !== undefined) return ok(`${SECRETS_MANAGER}${secret}`);

    const parameter = REFERENCE.exec(text)?.[1];
    if (parameter !== undefined && parameter.length <= LONGEST_PARAMETER) return ok(parameter);
    if (/^https?:/i.test(text.trim())) return complain(SECRET_IN_FILE);

    const path = /^(?:ssm:)?\/?([\w.-]+(?:\/[\w.-]+)*)$/.exec(text)?.[1];
    return complain({
      code: 'bad-value',
      message: `found ${quote(text)}`,
      expected: secretReference.expected,
      ...didYouMean(path && `ssm:/${path}`),
    });
  },
});

/** The origin of a webhook: `https://host`, or plain http on this machine for trials. */
export const webhookOrigin: Words<string> = textWords({
  expected: 'an origin such as https://hooks.slack.com: https, a host, no path',
  schema: {
    pattern: String.raw`^(https://[^/?#@\s]+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?)$`,
    examples: ['https://hooks.example.com'],
  },
  read: (text) => {
    const origin = originOf(text);
    if (origin !== undefined && origin === text.toLowerCase()) return ok(origin);

    return complain({
      code: 'bad-value',
      message: `found ${quote(text)}`,
      expected: webhookOrigin.expected,
      ...didYouMean(origin),
    });
  },
});

/** The origin of a URL that a webhook may have, with its default port left out. */
const originOf = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined;

  const { origin, protocol, hostname } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
  return isSafe ? origin : undefined;
};

const SECRET_IN_FILE = {
  code: 'secret',
  message: 'found a webhook URL, which is a secret and does not belong in this file',
  expected: 'ssm: and the path of a SecureString parameter, such as ssm:/tidegate/slack-webhook',
  suggestion:
    'put the URL into webhook.txt, store it with: aws ssm put-parameter --type SecureString --name /tidegate/slack-webhook --value file://webhook.txt, write ssm:/tidegate/slack-webhook here, and make Slack issue a new URL if this file was ever shared',
} as const;

const REFERENCE = /^ssm:((?:\/[A-Za-z0-9_.-]+){1,15})$/;
/** Systems Manager takes no longer name. */
const LONGEST_PARAMETER = 1_011;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
