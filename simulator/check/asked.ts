import type { Decision } from '../../shared/domain/decision.ts';
import { metricsOf } from '../../shared/domain/rule.ts';
import type { HistoryEvent, Invocation } from '../history.ts';
import { type Checker, unless } from './check-world.ts';

export const errorsAreNoMissingData: Checker = {
  id: 'S10b',
  promise: 'nobody decides on a group whose metrics could not be asked for',
  watch: ({ configurationOf }) => {
    const failed = new Set<string>();
    const follow = (event: HistoryEvent): void => {
      if (event.kind === 'ended' || event.kind === 'failed') failed.delete(event.invocation.id);
      if (event.kind !== 'answered' || event.trip.action !== 'GetMetricData') return;
      const { id } = event.trip.invocation;
      if (event.error === undefined) failed.delete(id);
      else failed.add(id);
    };
    const judge = ({ invocation }: Invoked, { kind, group, id }: Decision): readonly string[] => {
      const rules = configurationOf(invocation).groups.find(({ name }) => name === group)?.rules;
      const reads = rules?.some((rule) => metricsOf(rule).length > 0) ?? false;
      const isBlindly = kind === 'capacity' && reads && failed.has(invocation.id);
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
