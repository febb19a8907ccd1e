import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import { metricsOf } from '#domain/configuration/rule.ts';
import type { Note } from '#domain/lane/note.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { SentRequest } from '#domain/sweep/evaluation-message.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, type Judgement, unless } from './check-world.ts';

const DUE = 'value-due';

/** The looks that a sweep asks for. */
const sentBySweep = (event: HistoryEvent): readonly SentRequest[] =>
  event.kind === 'applying' &&
  event.trip.action === 'SendMessageBatch' &&
  event.trip.invocation.functionName === 'sweep'
    ? (event.trip.input as readonly SentRequest[])
    : [];

const isEntitled = (group: Group | undefined): boolean =>
  group?.looksWhenDue === true && group.rules.some((rule) => metricsOf(rule).length > 0);

export const oneDueLookAMinute: Checker = {
  id: 'S75',
  promise:
    'a look for a value that is due comes once a sweep at most, within its minute, beside the look of the sweep itself, and only for groups that ask for it and are not paused',
  watch: ({ configurationOf, views }) => ({
    onEvent: (event) => {
      const sent = sentBySweep(event);
      const due = sent.filter(({ cause }) => cause === DUE);
      if (event.kind !== 'applying' || due.length === 0) return [];
      const { groups }: Configuration = configurationOf(event.trip.invocation);
      const { overrides } = views.of(event.trip.invocation);
      return due.flatMap(({ group: name, delaySeconds = 0 }) => {
        const ofGroup = sent.filter(({ group }) => group === name);
        const isOne = ofGroup.filter(({ cause }) => cause === DUE).length === 1;
        const areBoth = ofGroup.some(({ delaySeconds: later }) => later === undefined);
        const isWithin = delaySeconds >= 1 && delaySeconds < 60;
        const override = overrides.get(name);
        const isPaused =
          override?.kind === 'pause' && override.ended === undefined && event.at < override.until;
        const isMeant = isEntitled(groups.find((group) => group.name === name));
        return unless(
          isOne && areBoth && isWithin && isMeant && !isPaused,
          () => `of ${JSON.stringify(ofGroup)} one is for a value that is due`,
        );
      });
    },
  }),
};

/** CloudWatch is three minutes late at most, and another one passes between two looks. */
const LATEST_SECONDS = 240;
/** Totals are taken three minutes later. */
const SETTLING_SECONDS = 180;

export const delaysAreInOrder: Checker = {
  id: 'S76',
  promise:
    'a delay that is learned lies between two ages in their order, and is no longer than data are ever late',
  watch: () => ({
    onEvent: (event) => {
      if (event.kind !== 'applying' || event.trip.action !== 'TransactWriteItems') return [];
      const { group, head } = event.trip.input as Readonly<{ group: string; head: ScaleHead }>;
      return Object.entries(head.delays ?? {}).flatMap(([metric, { absentAt, thereAt }]) => {
        const most = LATEST_SECONDS + (metric === 'load' ? 0 : SETTLING_SECONDS + 240);
        return unless(
          absentAt >= 0 && absentAt <= thereAt && thereAt <= most,
          () => `${metric} of ${group} is said to come between ${absentAt} and ${thereAt} s`,
        );
      });
    },
  }),
};

/** The run ends quietly: delays have been learned long before. */
const JUDGED_MINUTES = 20;
/** Of twenty minutes one is asked for sooner, in vain, and the delay may be learned anew from it. */
const FORGIVEN_MINUTES = 7;
/** Fifteen seconds by which a delay may be shorter unseen, ten that no look is worth, and the way. */
const SOON_MS = 30 * SECOND_MS;

const isOnCapacity = (note: Note): note is Extract<Note, { kind: 'decided' }> =>
  note.kind === 'decided' && note.decision.kind === 'capacity';

export const valuesAreSeenSoon: Checker = {
  id: 'L8c',
  promise:
    'a group that is asked when its values are due looks at most of them within half a minute of their coming',
  watch: (world) => {
    const looks = new Map<string, Instant[]>();
    return {
      onEvent: (event) => {
        if (event.kind !== 'noted' || !isOnCapacity(event.note)) return [];
        const { group } = event.note.decision;
        looks.set(group, [...(looks.get(group) ?? []), event.at]);
        return [];
      },
      atEnd: () =>
        world
          .configuration()
          .groups.filter((group) => group.looksWhenDue === true)
          .flatMap((group) => judge(world, group, looks.get(group.name) ?? [])),
    };
  },
};

/** Of a group that goes by one mean alone, for no two metrics are due at once. */
const judge = (
  { cloud, timeline }: CheckWorld,
  { name, autoScalingGroup, rules, metrics }: Group,
  looks: readonly Instant[],
): readonly Judgement[] => {
  const read = [...new Set(rules.flatMap((rule) => metricsOf(rule)))];
  const metric = metrics.load as StatMetric;
  if (read.length !== 1 || read[0] !== 'load') return [];
  if (cloud.autoScaling.truth(autoScalingGroup) === undefined) return [];

  const last = Math.floor(timeline.now() / MINUTE_MS) - 6;
  const late = Array.from({ length: JUDGED_MINUTES }, (_, ago) => (last - ago) * MINUTE_MS).filter(
    (minute) => {
      const visible = cloud.metrics.visibleFrom(metric, minute);
      if (visible === undefined) return false;
      return !looks.some((at) => at >= visible && at <= visible + SOON_MS);
    },
  );
  return unless(
    late.length <= FORGIVEN_MINUTES,
    () => `${late.length} of ${JUDGED_MINUTES} values of ${name} were seen late`,
  );
};
