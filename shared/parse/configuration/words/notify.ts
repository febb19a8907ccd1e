import { ok } from '#domain/basics/result.ts';
import { SECRETS_MANAGER } from '#domain/configuration/channel.ts';
import { describeValue, quote } from '../describe-value.ts';
import { type Complaint, complain } from '../fault.ts';
import { hasAddress, hasToken, saysWhere } from '../mask-secrets.ts';
import { didYouMean } from '../nearest.ts';
import { textWords, type Words } from './words.ts';

/** A kind of secret, in the words of the service that hands it out. */
export type Secret = Readonly<{
  /** `the bot token`. */
  what: string;
  /** The name of its parameter below `/tidegate/` in examples. */
  parameter: string;
  /** The step that makes a leaked one worthless, after "and". */
  renew: string;
}>;

/**
 * `ssm:/path` or `secretsmanager:name`: where a secret is kept. Its value is the name of a parameter;
 * Systems Manager hands out the secrets of Secrets Manager under such names, too
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html).
 * Anything else may be the secret itself, and is never repeated.
 */
export const secretReference = (secret: Secret): Words<string> => {
  const expected = `ssm: and the path of a SecureString parameter, such as ssm:/tidegate/${secret.parameter}, or secretsmanager: and the name of a secret`;
  return {
    expected,
    schema: {
      type: 'string',
      pattern: '^(ssm:(/[A-Za-z0-9_.-]+){1,15}|secretsmanager:[A-Za-z0-9/_+=.@-]{1,512})$',
      examples: ['ssm:/tidegate/ops', 'secretsmanager:tidegate/ops'],
    },
    read: (value) => {
      if (value === null || typeof value === 'object') {
        const message = `found ${describeValue(value)}`;
        return complain({ code: 'wrong-type', message, expected });
      }
      const text = String(value);
      const parameter = hasToken(text) ? undefined : parameterOf(text);
      return parameter === undefined
        ? complain({ expected, ...refusalOf(text, secret) })
        : ok(parameter);
    },
  };
};

const refusalOf = (text: string, secret: Secret): Complaint =>
  text.trim() === '' || saysWhere(text)
    ? { code: 'bad-value', message: `found ${quote(text)}`, ...meantBy(text) }
    : { code: 'secret', message: describeSecret(text, secret), suggestion: wayOut(secret) };

const parameterOf = (text: string): string | undefined => {
  const secret = /^secretsmanager:([A-Za-z0-9/_+=.@-]{1,512})$/.exec(text)?.[1];
  if (secret !== undefined) return `${SECRETS_MANAGER}${secret}`;

  const parameter = REFERENCE.exec(text)?.[1];
  return parameter !== undefined && parameter.length <= LONGEST_PARAMETER ? parameter : undefined;
};

const meantBy = (text: string): { suggestion?: string } => {
  const path = PATH.exec(text)?.[1];
  return didYouMean(path && `ssm:/${path}`);
};

/** A path, the ARN of a parameter, or either with too few or too many signs. */
const PATH = /^(?:ssm:|arn:aws[a-z-]*:ssm:[a-z0-9-]*:\d*:parameter)?\/?([\w.-]+(?:\/[\w.-]+)*)$/;

const describeSecret = (text: string, { what }: Secret): string => {
  if (hasToken(text))
    return 'found a token of Slack, which is a secret and does not belong in this file';
  return hasAddress(text)
    ? 'found a webhook URL, which is a secret and does not belong in this file'
    : `found a value that may be ${what} itself; secrets do not belong in this file`;
};

const wayOut = ({ what, parameter, renew }: Secret): string =>
  `put ${what} into secret.txt, store it with: aws ssm put-parameter --type SecureString --name /tidegate/${parameter} --value file://secret.txt, write ssm:/tidegate/${parameter} here, and ${renew} if this file was ever shared`;

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

const REFERENCE = /^ssm:((?:\/[A-Za-z0-9_.-]+){1,15})$/;
/** Systems Manager takes no longer name. */
const LONGEST_PARAMETER = 1_011;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
