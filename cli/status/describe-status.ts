import type { Status } from '#app/status/observe-status.ts';
import { answerOf, gateText } from '#console/page/group-state.ts';
import { describeOverride } from '#domain/ledger/override.ts';
import type { CapacityStatus, PoolStatus } from '#domain/status/capacity-status.ts';
import type { GroupStatus, UnseenStatus } from '#domain/status/group-status.ts';
import type { HealthStatus } from '#domain/status/health-status.ts';
import { describeLastLook, type LastLook } from '#domain/status/last-look.ts';
import type { MetricStatus, RuleStatus } from '#domain/status/rule-status.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';
import { barOf } from './bar.ts';

export type StatusPaint = Readonly<
  Record<'bold' | 'green' | 'yellow' | 'red' | 'dim', (text: string) => string>
>;

/** A deployment for people: what concerns all of it, then each group. */
export const describeStatus = (status: Status, now: Instant, paint: StatusPaint): string =>
  [
    ...describeDeployment(status, now, paint),
    ...status.groups.map((group) =>
      'unseen' in group ? describeUnseen(group, paint) : describeGroup(group, paint),
    ),
  ].join('\n\n');

/** The lines that concern a deployment as a whole: its sweep, broken channels, open alarms. */
export const describeDeployment = (
  { sweep, channels, alarms }: Status,
  now: Instant,
  paint: StatusPaint,
): readonly string[] => {
  const lines = [
    describeSweep(sweep, now, paint),
    ...channels.map(({ channel, since, detail, leftOut }) =>
      paint.red(
        `the channel ${channel} is broken since ${describeInstant(since)}: ${detail}${leftOut === 0 ? '' : `; ${leftOut} messages were dropped`}`,
      ),
    ),
    ...alarms.map(({ key, since }) =>
      paint.yellow(`${key} is open since ${describeInstant(since)}`),
    ),
  ];
  return [lines.join('\n')];
};

const describeSweep = (sweep: Status['sweep'], now: Instant, paint: StatusPaint): string => {
  const { tone, text } = describeLastLook(sweep, now);
  return SWEEP_PAINT[tone](paint)(text);
};

const SWEEP_PAINT: Readonly<
  Record<LastLook['tone'], (paint: StatusPaint) => (text: string) => string>
> = {
  fine: () => String,
  unknown: ({ yellow }) => yellow,
  late: ({ red }) => red,
};

const describeUnseen = (
  { group, autoScalingGroup, unseen }: UnseenStatus,
  paint: StatusPaint,
): string => `${paint.bold(group)} (${autoScalingGroup})\n  ${paint.red(`not seen: ${unseen}`)}`;

/** Width of the words at the begin of the lines. */
const WORDS = 12;

const line = (word: string, text: string): string => `  ${word.padEnd(WORDS)}${text}`;

const describeGroup = (status: GroupStatus, paint: StatusPaint): string => {
  const { group, autoScalingGroup, at, capacity, rules, gates, next, plan, override } = status;
  const { health, healthUnseen, lastChange, lastError, incidents } = status;
  const ago = (then: Instant): string =>
    `${describeSeconds(Math.max(0, secondsBetween(then, at)))} ago`;

  return [
    `${paint.bold(group)} (${autoScalingGroup})`,
    ...(capacity === undefined ? [] : [line('capacity', describeCapacity(capacity))]),
    ...(capacity?.pool === undefined ? [] : [line('warm pool', describePool(capacity.pool))]),
    ...(plan === undefined
      ? []
      : [line('in flight', paint.yellow(`${plan.summary} (${plan.recovery.detail})`))]),
    line('next look', next.from === next.to ? next.summary : paint.bold(next.summary)),
    ...describeRules(rules),
    ...gates.map((gate) => line('gate', gateText(gate, at))),
    ...(override === undefined ? [] : [line('override', paint.yellow(describeOverride(override)))]),
    ...(health === undefined ? [] : describeHealth(health, at, paint)),
    ...(healthUnseen === undefined ? [] : [line('health', paint.red(`not seen: ${healthUnseen}`))]),
    ...(lastChange === undefined
      ? []
      : [
          line(
            'last change',
            `${ago(lastChange.at)}, ${lastChange.summary ?? `${group} ${lastChange.from} → ${lastChange.to}`}`,
          ),
        ]),
    ...(lastError === undefined
      ? []
      : [line('last error', `${ago(lastError.at)}, ${lastError.summary} (${lastError.reason})`)]),
    ...incidents.map(({ key, since }) =>
      line('incident', paint.red(`${key} is open since ${describeInstant(since)}`)),
    ),
  ].join('\n');
};

const describeCapacity = ({ desired, inService, starting, min, max }: CapacityStatus): string =>
  `${desired} desired, ${inService} in service, ${starting} starting; from ${min.at} (${min.by}) to ${max.at} (${max.by})`;

const describePool = ({ ready, warming, limit }: PoolStatus): string =>
  `${ready} ready, ${warming} on their way; ${limit === undefined ? 'no limit' : `limit ${limit}, running ones included`}`;

const describeRules = (rules: readonly RuleStatus[]): readonly string[] => {
  const width = Math.max(0, ...rules.map(({ rule }) => rule.length));
  return rules.flatMap((rule, index) => {
    const [first, ...others] = rule.metrics;
    const name = rule.rule.padEnd(width);
    const indent = ''.padEnd(width);
    const word = index === 0 ? 'rules' : '';
    return [
      line(word, [name, ...(first === undefined ? [] : [describeMetric(first)])].join('  ')),
      ...others.map((metric) => line('', `${indent}  ${describeMetric(metric)}`)),
      line('', `${indent}  ${answerOf(rule)}`),
    ];
  });
};

const describeMetric = ({ metric, value, refusal, marks }: MetricStatus): string => {
  const found = value === undefined ? noValue(refusal) : String(Number(value.toPrecision(4)));
  const beside = marks.length === 0 || value === undefined ? '' : ` of ${marks.join(', ')}`;
  return `${barOf(value, marks)} ${metric} ${found}${beside}`;
};

const noValue = (refusal: string | undefined): string =>
  refusal === undefined ? 'has no data' : `is refused: ${refusal}`;

const describeHealth = (
  { registered, healthy, sick, out, onProbation, inQuarantine, next }: HealthStatus,
  at: Instant,
  paint: StatusPaint,
): readonly string[] => [
  line('health', `${healthy} of ${registered} targets healthy; ${next.summary}`),
  ...sick.map(({ target, since, cause }) =>
    line(
      'sick',
      paint.red(`${target} for ${describeSeconds(secondsBetween(since, at))}: ${cause}`),
    ),
  ),
  ...out.map(({ target, until, refusals }) =>
    line(
      'out',
      `${target}, tried again at ${describeInstant(until)}${refusals === 0 ? '' : ` after ${refusals} refusals`}`,
    ),
  ),
  ...onProbation.map(({ target, until }) =>
    line('probation', `${target} must stay healthy until ${describeInstant(until)}`),
  ),
  ...(inQuarantine === undefined
    ? []
    : [
        line(
          'quarantine',
          `${inQuarantine.instance} stands by until ${describeInstant(inQuarantine.until)}`,
        ),
      ]),
];
