import type { Metric, MetricQuery } from '#domain/configuration/metric.ts';
import { metricsOf } from '#domain/configuration/rule.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import type { HistoryEvent, Invocation } from '../history.ts';
import { type Checker, type Judgement, unless } from './check-world.ts';

export const errorsAreNoMissingData: Checker = {
  id: 'S10b',
  promise: 'nobody decides on a group whose metrics could not be asked for',
  watch: ({ configurationOf }) => {
    const failed = new Map<string, ReadonlySet<Metric>>();
    const follow = (event: HistoryEvent): void => {
      if (event.kind === 'ended' || event.kind === 'failed') failed.delete(event.invocation.id);
      if (event.kind !== 'answered' || !event.trip.action.startsWith('GetMetricData')) return;
      const { id } = event.trip.invocation;
      const asked = (event.trip.input as readonly (MetricQuery | Metric)[]).map((each) =>
        'metric' in each ? each.metric : each,
      );
      const before = [...(failed.get(id) ?? [])].filter((metric) => !asked.includes(metric));
      failed.set(id, new Set([...before, ...(event.error === undefined ? [] : asked)]));
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
