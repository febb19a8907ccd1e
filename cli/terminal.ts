import type { ScaleReads } from '#app/capacity/ports.ts';
import type { HealReads } from '#app/health/ports.ts';
import type { StatusReads } from '#app/status/observe-status.ts';
import type { ReadPlace } from '#aws/deployment-reads.ts';
import type { Deployment } from '#aws/doctor/deployments.ts';
import type { Examination } from '#aws/doctor/examine.ts';
import type { HourRange } from '#aws/dynamodb/channel-counts.ts';
import type { DecisionRange } from '#aws/dynamodb/list-decisions.ts';
import type { SurveyedGroup } from '#aws/survey/survey.ts';
import type { SendPorts } from '#channels/channel-kind.ts';
import type { WebhookPorts } from '#channels/post-to-channel.ts';
import type { Drills } from '#cli/drill/drills.ts';
import type { RecordPorts } from '#cli/history/record-history.ts';
import type { Overrides } from '#console/override/write-override.ts';
import type { ConfigurationInForce, DeployedText } from '#domain/configuration/deployed-text.ts';
import type { Checkup } from '#domain/doctor/checkup.ts';
import type { Answer } from '#domain/ledger/outcome.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import type { ChannelCounts } from '#domain/notify/channel-counts.ts';
import type { NoticeStatus } from '#domain/notify/notice.ts';
import type { KeptMembership } from '#domain/sweep/kept-membership.ts';
import type { Instant } from '#domain/time/instant.ts';

/** The process as a command sees it: where to write, and what surrounds it. */
export type Terminal = Readonly<{
  /** For data: what the command was asked for. */
  stdout: Output;
  /** For talk: which file was used, what to do next. */
  stderr: Output;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** The directory of the files with AWS profiles, unless the environment says otherwise. */
  homeDirectory: string;
  now: () => Instant;
  /** The name of the user, for what people are told. */
  user: string;
  /** Asks the person; absent where nobody sits before a terminal, and then nothing is ever asked. */
  ask?: Questions;
  /** Waits for so many seconds; false when the person has ended the command meanwhile. */
  wait: (seconds: number) => Promise<boolean>;
  /** Reaches the AWS account; called only by commands that need it. */
  connect: (access: Access) => Promise<Account>;
}>;

/** Questions to a person. Each throws a failure when the person gives up. */
export type Questions = Readonly<{
  /** Some of several; all of them are marked at first. */
  choose: (message: string, options: readonly Choice[]) => Promise<readonly string[]>;
  text: (message: string, initial: string) => Promise<string>;
  confirm: (message: string) => Promise<boolean>;
}>;

export type Choice = Readonly<{ value: string; hint: string }>;

/** The Region and the identity to reach AWS with; what is absent comes from the environment and its profile. */
export type Access = Readonly<{
  region?: string | undefined;
  profile?: string | undefined;
  /** The ARN of a role that is assumed with the credentials of the profile or of the environment. */
  role?: string | undefined;
  /** True where a command reaches several accounts, so that the environment must stay as it is. */
  isOneOfMany?: true;
}>;

/** The calls that commands make to an AWS account. */
export type Account = Readonly<{
  /** The deployments of Tidegate in this Region. */
  deployments: () => Promise<readonly Deployment[]>;
  /** The deployment with a stack of this name; nothing when there is no such stack. */
  deployment: (stack: string) => Promise<Deployment | undefined>;
  /** The Region, and the account as far as it may be asked, of a table. */
  placeOf: (table: string) => Promise<Pick<Deployment, 'region'> & Partial<Deployment>>;
  region: () => Promise<string>;
  /** The ledger of a deployed stack; nothing when the stack has none. */
  tableOf: (stack: string) => Promise<string | undefined>;
  overridesIn: (table: string) => Overrides;
  /** Everything that is read of a deployment to show it to people; nothing is changed. */
  readsIn: (place: ReadPlace) => Promise<Reads>;
  /** The alarm topic of a deployed stack; nothing when the stack has none. */
  topicOf: (stack: string) => Promise<string | undefined>;
  readSecret: WebhookPorts['readSecret'];
  /** For messages that are sent once at most. */
  mail: () => Pick<SendPorts, 'sns' | 'ses'>;
  /** Every Auto Scaling group of the Region, and what is around it; nothing is changed. */
  survey: () => Promise<readonly SurveyedGroup[]>;
  /** The calls with which a history is fetched. */
  recorder: () => Promise<Omit<RecordPorts, 'onCall'>>;
  /** The way in and out of a deployment for drills: marked messages, and the trace that they leave. */
  drillsOf: (stack: string, table: string) => Promise<Drills>;
  /** Ends one instance of an Auto Scaling group, which keeps its desired capacity. */
  endInstance: (instanceId: string) => Promise<Answer>;
  /** Everything that the doctor looks at; nothing is changed. */
  examine: (examination: Examination) => Promise<Checkup>;
}>;

/** Reads of AWS and of the table. Openings of schedules, notes and the clock are the command's own. */
export type Reads = Omit<StatusReads, 'scale' | 'heal' | 'listDecisions'> &
  Readonly<{
    /** The decisions of a group in a time, both ends inclusive, the newest first. */
    listDecisions: (range: DecisionRange) => Promise<readonly RecordedDecision[]>;
    /** The memberships of groups in fleets, as the last sweep left them. */
    readAllMemberships: () => Promise<readonly KeptMembership[]>;
    /** The time of a decision by its id; nothing when the ledger does not know it. */
    readTimeOf: (group: string, id: string) => Promise<Instant | undefined>;
    /** Everything that a decision looked at, as `aws dynamodb query` prints it. */
    readRecordOf: (decision: RecordedDecision) => Promise<string>;
    /** The configuration that was in force at a time; nothing when none is known of then. */
    readInForce: (at: Instant) => Promise<ConfigurationInForce | undefined>;
    /** The text of a configuration by its hash or the begin of it; nothing when there is no one such text. */
    readSource: (hash: string) => Promise<DeployedText | undefined>;
    /** The end of a piece of news on each of these channels; one on which it still waits is missing. */
    readStatusesByChannel: (
      key: string,
      channels: readonly string[],
    ) => Promise<ReadonlyMap<string, NoticeStatus>>;
    /** Counts of what became of news on each of these channels in a time, in whole hours. */
    readChannelCounts: (
      channels: readonly string[],
      range: HourRange,
    ) => Promise<ReadonlyMap<string, ChannelCounts>>;
    scale: Omit<ScaleReads, 'openingOf' | 'note' | 'now'>;
    heal: Omit<HealReads, 'now'>;
  }>;

type Output = Readonly<{ write: (text: string) => unknown; isTTY?: boolean }>;

/** Says where a command delivers its exit code, since commander's actions return nothing. */
export type Finish = (exitCode: number) => void;

/** True when text for stdout is to be coloured (https://no-color.org). */
export const isColourful = ({ env, stdout }: Pick<Terminal, 'env' | 'stdout'>): boolean => {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return stdout.isTTY === true && env.TERM !== 'dumb';
};
