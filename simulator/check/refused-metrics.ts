import type { Group } from '#domain/configuration/configuration.ts';
import { isRefused } from '#domain/configuration/metric.ts';
import { metricsOf } from '#domain/configuration/rule.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type Judgement, unless } from './check-world.ts';
import type { View } from './views.ts';

/** Metrics that rules of the group read, and that CloudWatch refused when the invocation asked. */
const refusedOf = ({ rules, metrics }: Group, { readings, pasts }: View): readonly string[] =>
  [...new Set(rules.flatMap((rule) => metricsOf(rule)))].filter((name) => {
    const metric = metrics[name];
    return (
      metric !== undefined && (isRefused(readings.get(metric)) || isRefused(pasts.get(metric)))
    );
  });

/** A call that fails as a whole for what CloudWatch says of one metric. */
const ofAnswer = (event: HistoryEvent): readonly Judgement[] =>
  event.kind === 'answered' && event.trip.action.startsWith('GetMetricData')
    ? unless(
        !event.error?.includes('refused on purpose'),
        () => 'one refused metric failed all that were asked for with it',
      )
    : [];

export const refusalsHarmNoOther: Checker = {
  id: 'S46',
  promise: 'a metric that CloudWatch refuses harms no other group, and is told from missing data',
  watch: ({ views, configurationOf }) => ({
    onEvent: (event) => {
      if (event.kind !== 'noted' || event.note.kind !== 'decided') return ofAnswer(event);
      const { decision } = event.note;
      const { groups } = configurationOf(event.invocation);
      const group = groups.find(({ name }) => name === decision.group);
      if (group === undefined || decision.kind !== 'capacity') return [];

      const refused = refusedOf(group, views.of(event.invocation));
      // A decision about a group that is gone asks no rule.
      if (refused.length === 0 || decision.reason === 'GroupNotFound') return [];
      const isSaid = decision.trace.some(({ reason }) => reason === 'MetricRefused');
      return unless(isSaid, () => `${decision.id} does not say that ${refused.join()} is refused`);
    },
  }),
};
