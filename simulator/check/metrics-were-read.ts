import type { Metric, MetricQuery } from '#domain/configuration/metric.ts';
import { metricsOf } from '#domain/configuration/rule.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import type { HistoryEvent, Invocation } from '../history.ts';
import { type Checker, type Judgement, unless } from './check-world.ts';

/** Looks that begin together end within the time of a slow call or two. */
const SIDE_BY_SIDE_MS = 5 * SECOND_MS;

/**
 * The metrics that an answer leaves unknown. Two looks of one invocation ask side by side: what one was told serves its
 * decision, whatever becomes of the other.
 */
const untoldOf = (
  { at, error }: Extract<HistoryEvent, { kind: 'answered' }>,
  asked: readonly Metric[],
  times: Map<Metric, Instant>,
): readonly Metric[] => {
  if (error === undefined) {
    for (const metric of asked) times.set(metric, at);
    return [];
  }
  return asked.filter(
    (metric) => at - (times.get(metric) ?? Number.NEGATIVE_INFINITY) >= SIDE_BY_SIDE_MS,
  );
};

export const errorsAreNoMissingData: Checker = {
  id: 'S10b',
  promise: 'nobody decides on a group whose metrics could not be asked for',
  watch: ({ configurationOf }) => {
    const failed = new Map<string, ReadonlySet<Metric>>();
    const answered = new Map<string, Map<Metric, Instant>>();
    const follow = (event: HistoryEvent): void => {
      if (event.kind === 'ended' || event.kind === 'failed') {
        failed.delete(event.invocation.id);
        answered.delete(event.invocation.id);
      }
      if (event.kind !== 'answered' || !event.trip.action.startsWith('GetMetricData')) return;
      const { id } = event.trip.invocation;
      const asked = (event.trip.input as readonly (MetricQuery | Metric)[]).map((each) =>
        'metric' in each ? each.metric : each,
      );
      const before = [...(failed.get(id) ?? [])].filter((metric) => !asked.includes(metric));
      const times = answered.get(id) ?? new Map<Metric, Instant>();
      answered.set(id, times);
      failed.set(id, new Set([...before, ...untoldOf(event, asked, times)]));
    };
    const judge = (
      { invocation }: Invoked,
      { kind, group, id }: Decision,
    ): readonly Judgement[] => {
      if (kind !== 'capacity') return [];
      const found = configurationOf(invocation).groups.find(({ name }) => name === group);
      const missing = failed.get(invocation.id);
      const read = found?.rules.flatMap((rule) => metricsOf(rule)) ?? [];
      const isBlindly = read.some((name) => found && missing?.has(found.metrics[name] as Metric));
      return unless(!isBlindly, () => `${invocation.id} decided ${id} without asking for metrics`);
    };

    return {
      onEvent: (event) => {
        follow(event);
        const note = event.kind === 'noted' ? event.note : undefined;
        return event.kind === 'noted' && note?.kind === 'decided'
          ? judge(event, note.decision)
          : [];
      },
    };
  },
};

type Invoked = Readonly<{ invocation: Invocation }>;
