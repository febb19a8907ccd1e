import type { StoryPart, StoryText } from '#console/page/data.ts';
import { formatValue } from '#console/page/format-value.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import { isCounted, isHealthy } from '#domain/health/sightings.ts';
import type { Decision, TraceLine } from '#domain/ledger/decision.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import { isOnItsWay, isServing } from '#domain/observed/lifecycle.ts';
import { describeExactly } from '#domain/time/describe-instant.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { partsOf, type Story, type Told } from './story.ts';

/** Tells a decision: what was seen, what each rule wanted, what bent it, what AWS answered, who was told. */
export const tellDecision = ({ decision, record, unrecorded, told }: Story): StoryText => ({
  title: decision.summary,
  byline: `${decision.id}, decided at ${describeExactly(decision.at)} (${decision.reason})`,
  parts: [
    ...(record === undefined
      ? [part('seen', [`not known: ${unrecorded ?? 'the ledger has no record of it'}`])]
      : [part('seen', seenIn(record)), ...describeTrace(record.decision)]),
    part('then', [describeEnd(decision)]),
    part('told', describeTold(told)),
    part('file', describeConfiguration(decision)),
  ].filter(({ texts }) => texts.length > 0),
});

const part = (word: string, texts: readonly string[]): StoryPart => ({ word, texts });

const describeConfiguration = ({ configuration }: RecordedDecision): readonly string[] =>
  configuration === undefined ? [] : [`tidegate rules --at ${configuration}`];

const seenIn = (record: NonNullable<Story['record']>): readonly string[] =>
  record.kind === 'capacity'
    ? seenOfCapacity(record.observation)
    : seenOfTargets(record.observation);

/** Alarms and readings that are named; a group may have many. */
const NAMED = 10;

const seenOfCapacity = (observation: Observation): readonly string[] => {
  const { state, alarms, heard } = observation;
  if (state === undefined) return ['no such Auto Scaling group'];
  const { instances, capacityDesired, capacityMin, capacityMax } = state;
  const serving = instances.filter((each) => isServing(each)).length;
  const coming = instances.filter((each) => isOnItsWay(each)).length;
  const values = valuesIn(observation);
  const heardOf = heard.map(({ alarm }) => alarm);
  return [
    `${capacityDesired} desired from ${capacityMin} to ${capacityMax}, ${serving} instances in service, ${coming} on their way`,
    ...alarms.slice(0, NAMED).map(({ name, state: is }) => {
      const prompted = heardOf.includes(name) ? ', whose message prompted it' : '';
      return `alarm ${name} ${is}${prompted}`;
    }),
    ...values.slice(0, NAMED),
  ];
};

/** Whole values with the end of their period and how long that was ago, the last minutes of demand, and younger totals. */
const valuesIn = (observation: Observation): readonly string[] => [
  ...Object.entries(observation.readings).map(([name, { value, at }]) => {
    const end = at + (observation.group.metrics[name]?.periodSeconds ?? 0) * SECOND_MS;
    return `${name} ${formatValue(value)} ${describeAge(end, observation)}`;
  }),
  ...Object.entries(observation.demands ?? {}).flatMap(([name, { start, minutes }]) => {
    const last = minutes.findLastIndex((value) => value !== null);
    const value = minutes[last];
    if (value === undefined || value === null) return [];
    const end = (start + 60 * (last + 1)) * SECOND_MS;
    return [`${name} ${formatValue(value)} ${describeAge(end, observation)}`];
  }),
  ...arrivingIn(observation),
];

/** The period that a value is of, by its end, and how late it was looked at. */
const describeAge = (end: Instant, { now }: Observation): string =>
  `until ${describeExactly(end).slice(11, 19)}, ${describeSeconds(Math.max(0, Math.round((now - end) / SECOND_MS)))} before`;

const arrivingIn = ({ arriving = {} }: Observation): readonly string[] => [
  ...Object.entries(arriving).map(
    ([name, { value }]) => `${name} at least ${formatValue(value)}, arriving`,
  ),
];

const seenOfTargets = ({ targets }: HealthObservation): readonly string[] => {
  const members = targets.filter((target) => isCounted(target));
  const healthy = members.filter((target) => isHealthy(target)).length;
  const failing = targets.filter(({ state }) => state === 'unhealthy');
  return [
    `${healthy} of ${members.length} targets healthy`,
    ...failing.slice(0, NAMED).map(({ id, port, reason }) => `${id}:${port} unhealthy, ${reason}`),
  ];
};

const describeTrace = ({ trace }: Decision): readonly StoryPart[] => {
  const { rules, combined, spoke, passed } = partsOf(trace);
  return [
    part('rules', rules.map(describeRuleLine)),
    part('together', combined === undefined ? [] : [describeCombined(combined)]),
    part('gates', [...spoke.map(describeGateLine), ...describePassed(passed, spoke.length > 0)]),
  ];
};

const describeRuleLine = ({ subject, verdict, capacity, detail, reason }: TraceLine): string => {
  const asks = capacity === undefined ? 'asks for nothing' : `asks for ${capacity}`;
  const shadow = verdict === 'shadow' ? ', in shadow' : '';
  return `${subject} ${asks}${shadow}: ${detail} (${reason})`;
};

const describeCombined = ({ capacity, subject, detail, reason }: TraceLine): string =>
  `${capacity}${subject === undefined ? '' : ` by ${subject}`}: ${detail} (${reason})`;

const describeGateLine = ({ stage, verdict, capacity, detail, reason }: TraceLine): string => {
  const effect = capacity === undefined ? '' : ` at ${capacity}`;
  return `${stage} ${VERBS[verdict]}${effect}: ${detail} (${reason})`;
};

const VERBS: Readonly<Record<TraceLine['verdict'], string>> = {
  recommend: 'acts',
  shadow: 'watches',
  abstain: 'asks for nothing',
  pass: 'lets it pass',
  bend: 'bends it',
  hold: 'holds it',
};

const describePassed = (passed: readonly TraceLine[], areOthers: boolean): readonly string[] => {
  if (passed.length === 0) return [];
  const names = passed.map(({ stage }) => stage).join(', ');
  return [`${areOthers ? 'others let it' : 'all let it'} pass: ${names}`];
};

/** The end of a decision: AWS's answer, if it was asked. */
const describeEnd = ({ status, settledAt, at, outcome }: RecordedDecision): string => {
  const after = settledAt === undefined ? '' : ` after ${settledAt - at} ms`;
  switch (status) {
    case 'applied':
      return `AWS agreed${after}`;
    case 'refused':
      return `AWS refused${after}: ${outcome?.summary ?? 'its words are not known'} (${outcome?.reason ?? 'unknown'})`;
    case 'superseded':
      return `the world had moved on${after}: nothing was done, and nobody told`;
    case 'planned':
      return 'nobody knows yet how it ended: it is still in flight';
    case 'held':
      return 'nothing was asked of AWS';
  }
};

const describeTold = (told: readonly Told[]): readonly string[] =>
  told.length === 0
    ? ['nobody: no route of this tidegate.yml names it']
    : told.map(
        ({ channel, status, to }) =>
          `${channel}: ${STATUSES[status]}${to === undefined ? '' : ` to ${to}`}`,
      );

const STATUSES: Readonly<Record<Told['status'], string>> = {
  sent: 'sent',
  refused: 'refused by the channel',
  uncertain: 'perhaps sent: no answer came',
  'failed-over': 'this channel was broken; it went',
  dropped: 'dropped, for the channel was broken',
  needless: 'left out, for nothing had been told before',
  waiting: 'waits for its turn, or was not passed on',
  known: 'not told again: this trouble was told before, and goes on',
};
