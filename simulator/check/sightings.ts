import type { Target } from '#domain/health/health-observation.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, SKEW_MS, unless } from './check-world.ts';
import { failsAsAsked, isFailing, onRemoval } from './on-removal.ts';

const readIn = (event: HistoryEvent): readonly Target[] =>
  event.kind === 'answered' && event.trip.action === 'DescribeTargetHealth'
    ? ((event.answer as readonly Target[] | undefined) ?? [])
    : [];

export const healWaitsForASecondSight: Checker = {
  id: 'S15',
  promise: 'only targets are touched that failed in two reads, far enough apart, and still do',
  watch: (world) => {
    const firstSeen = new Map<string, Instant>();
    const judge = onRemoval((call) => {
      const { at, removal, health } = call;
      const isSick = failsAsAsked(call);
      const age = at - (firstSeen.get(removal.targetId) ?? at);
      const isLongEnough = age >= health.unhealthyForSeconds * 1_000 - SKEW_MS;
      return unless(isSick && isLongEnough, () => {
        return `${removal.targetId} was touched ${age} ms after it was first seen failing`;
      });
    })(world);

    return {
      onEvent: (event) => {
        for (const target of readIn(event)) {
          if (isFailing(target) && !firstSeen.has(target.id)) firstSeen.set(target.id, event.at);
        }
        return judge.onEvent?.(event) ?? [];
      },
    };
  },
};
