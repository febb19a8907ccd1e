import { isOutOfReach } from '#aws/doctor/asking.ts';
import { OverrideRefused } from '#console/override/override-refused.ts';
import { asError } from '#domain/basics/as-error.ts';
import { didYouMean, nearest } from '#parse/configuration/nearest.ts';
import type { FailureCode } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { profileFiles, profilesIn } from './aws-profiles.ts';
import { CommandFailure, type Failure } from './failure.ts';

type Surroundings = Pick<Terminal, 'env' | 'homeDirectory'> &
  Readonly<{
    /** The profile that `--profile` names. */
    profile?: string | undefined;
  }>;

/** Turns an error thrown while a command was at work into a failure with a way out. */
export const failureOf = (thrown: unknown, surroundings: Surroundings): Failure => {
  if (thrown instanceof CommandFailure) return thrown.failure;
  if (thrown instanceof OverrideRefused) return refusedOf(thrown);

  const error = asError(thrown);
  const kind = KINDS.find(({ sign }) => sign.test(`${error.name}: ${error.message}`));
  if (kind?.code === 'no-region' || kind?.code === 'signed-out') {
    return unknownProfile(surroundings) ?? told(kind, error);
  }
  if (kind) return told(kind, error);
  if (isOutOfReach(thrown)) return told(OUT_OF_REACH, error);
  if (!isAnswerOfAws(error)) return bugOf(error, surroundings);
  return isUnreadable(error) ? unreadableOf(error, surroundings) : told(OTHERWISE, error);
};

/** True of an answer that is none of the service's own: a page of a proxy, or of an emulator that failed. */
const isUnreadable = (error: Error): boolean => /deserialization error/i.test(error.message);

/** Its first line alone is for people: the SDK goes on with words for programmers. */
const unreadableOf = (error: Error, { env }: Surroundings): Failure => ({
  code: 'aws',
  message: `the answer cannot be read: ${error.message.split('\n', 1)[0]}`,
  help: env.AWS_ENDPOINT_URL
    ? `it came from AWS_ENDPOINT_URL, ${env.AWS_ENDPOINT_URL}, and not from AWS: see the log of what runs there`
    : 'it is no answer of AWS: look for a proxy between (HTTPS_PROXY), and try again',
});

const refusedOf = ({ code, message, help }: OverrideRefused): Failure => ({
  code,
  message,
  ...(help === undefined ? {} : { help }),
});

type Kind = Readonly<{
  code: FailureCode;
  sign: RegExp;
  /** The text instead of the SDK's words; without it they follow the beginning. */
  message?: string;
  beginning?: string;
  help: string;
}>;

type Told = Omit<Kind, 'sign'>;

const KINDS: readonly Kind[] = [
  {
    code: 'no-region',
    sign: /region is missing/i,
    message: 'no AWS Region is set',
    help: 'use --region eu-central-1, or export AWS_REGION, or give the profile a Region: aws configure set region eu-central-1',
  },
  {
    code: 'signed-out',
    sign: /CredentialsProviderError|TokenProviderError|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|security token|SSO session|could not load credentials/i,
    beginning: 'you are not signed in to AWS',
    help: 'sign in: aws sso login, or use --profile, or export AWS_PROFILE',
  },
  {
    code: 'denied',
    sign: /access ?denied|not authorized|UnauthorizedOperation/i,
    beginning: 'AWS does not allow it',
    help: 'docs/cli.md lists the permissions that each command takes',
  },
  {
    code: 'not-deployed',
    sign: /MissingResource/,
    beginning: 'what is deployed is not whole, or is of another version',
    help: 'deploy it again with this version: npx serverless deploy --force',
  },
  {
    code: 'not-deployed',
    sign: /(?:stack|table|resource).*(?:does not exist|not found)|ResourceNotFoundException/i,
    beginning: 'there is nothing of that name in AWS',
    help: 'check the stage, the service and the Region: --stage, --service, --region, or --table',
  },
];

const OUT_OF_REACH: Told = {
  code: 'out-of-reach',
  beginning: 'AWS gave no answer',
  help: 'check the network and the Region',
};

const OTHERWISE: Told = {
  code: 'aws',
  help: 'this is the answer of AWS; check the Region and the account',
};

const told = ({ code, help, message, beginning = 'AWS refused' }: Told, error: Error) => ({
  code,
  message: message ?? `${beginning}: ${error.name}: ${error.message}`,
  help,
});

/** The SDK gives its errors a name for who is at fault, and the request that they answer. */
const isAnswerOfAws = (error: Error): boolean => '$fault' in error || '$metadata' in error;

const bugOf = (error: Error, { env }: Surroundings): Failure => ({
  code: 'bug',
  message: `a bug in Tidegate: ${error.name}: ${error.message}`,
  help: env.TIDEGATE_DEBUG
    ? (error.stack ?? 'there is no stack')
    : 'please report it with the stack that TIDEGATE_DEBUG=1 prints',
});

/** The failure of a profile that no file has; nothing when it is there, or when none is named. */
const unknownProfile = ({ env, homeDirectory, profile }: Surroundings): Failure | undefined => {
  const name = profile ?? env.AWS_PROFILE;
  if (name === undefined || name === '') return undefined;

  const files = profileFiles(env, homeDirectory);
  const known = profilesIn(files);
  if (known.includes(name)) return undefined;
  const suggestion = didYouMean(nearest(name, known)).suggestion;
  const others =
    known.length === 0
      ? `there are none yet; make it: aws configure --profile ${name}`
      : `there are ${known.join(', ')}`;
  return {
    code: 'unknown-profile',
    message: `there is no AWS profile named "${name}" in ${files.join(' or ')}`,
    help: `${profile === undefined ? 'AWS_PROFILE names it' : '--profile names it'}; ${suggestion ?? others}`,
  };
};
