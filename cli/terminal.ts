import type { Examination } from '../shared/aws/examine/examine.ts';
import type { WebhookPorts } from '../shared/channels/post-to-channel.ts';
import type { SendPorts } from '../shared/channels/send.ts';
import type { Checkup } from '../shared/domain/doctor/checkup.ts';
import type { Instant } from '../shared/domain/instant.ts';
import type { Override } from '../shared/domain/override.ts';

/** What a command sees of the process: where to write, and what surrounds it. */
export type Terminal = Readonly<{
  /** For data: what the command was asked for. */
  stdout: Output;
  /** For talk: which file was used, what to do next. */
  stderr: Output;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  now: () => Instant;
  /** The name of the user, for what people are told. */
  user: string;
  /** Reaches the AWS account; called only by commands that need it. */
  connect: () => Promise<Account>;
}>;

/** What commands ask of an AWS account. */
export type Account = Readonly<{
  /** The ledger of a deployed stack; nothing when the stack has none. */
  tableOf: (stack: string) => Promise<string | undefined>;
  overridesIn: (table: string) => Overrides;
  /** The alarm topic of a deployed stack; nothing when the stack has none. */
  topicOf: (stack: string) => Promise<string | undefined>;
  readSecret: WebhookPorts['readSecret'];
  /** For messages that are sent once at most. */
  mail: () => Pick<SendPorts, 'sns' | 'ses'>;
  /** Everything that the doctor looks at; nothing is changed. */
  examine: (examination: Examination) => Promise<Checkup>;
}>;

export type Overrides = Readonly<{
  read: (group: string) => Promise<Override | undefined>;
  /** False when the stored override is not the one that was read. */
  write: (group: string, override: Override, read: Override | undefined) => Promise<boolean>;
}>;

type Output = Readonly<{ write: (text: string) => unknown; isTTY?: boolean }>;

/** Exit codes; they are stable and stand in the help. */
export const EXIT = { ok: 0, invalid: 1, usage: 2, failed: 3 } as const;

/** Says where a command delivers its exit code, since commander's actions return nothing. */
export type Finish = (exitCode: number) => void;

/** Whether to colour what goes to stdout (https://no-color.org). */
export const isColourful = ({ env, stdout }: Terminal): boolean => {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return stdout.isTTY === true && env.TERM !== 'dumb';
};
