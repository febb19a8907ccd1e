import type { Instant } from '#domain/time/instant.ts';
import type { Minute } from '#simulator/fleet/emit.ts';
import type { Conditions } from '../conditions.ts';
import type { Samples } from '../policy.ts';
import { at } from '../series.ts';

type Place = Readonly<{ at: Instant; conditions: Conditions; isQueue: boolean }>;

/** A sample as the metrics of AWS tell it. */
export const minuteOf = (samples: Samples, index: number, place: Place): Minute => {
  const { conditions, isQueue } = place;
  const { min, max, service } = conditions;
  const [inService, pending] = [at(samples.inService, index), at(samples.pending, index)];
  const terminating = at(samples.draining, index);
  const cpu = at(samples.cpu, index);
  const ready = at(samples.ready, index);

  return {
    at: place.at,
    requests: at(samples.requests, index),
    lost: at(samples.lost, index),
    ...(Number.isNaN(cpu) ? {} : { cpu }),
    meanLatencyMs: at(samples.meanLatencyMs, index),
    p95LatencyMs: at(samples.p95LatencyMs, index),
    serving: ready,
    healthy: ready,
    unhealthy: 0,
    group: {
      min,
      max,
      desired: at(samples.desired, index),
      total: inService + pending + terminating,
      inService,
      pending,
      terminating,
      standby: 0,
    },
    ...(isQueue ? { queue: queueOf(samples, index, service) } : {}),
  };
};

/** A queue as far as the fluid model tells: what waits has waited for as long as it takes to work it off. */
const queueOf = (
  samples: Samples,
  index: number,
  { ratePerInstance, workers }: Conditions['service'],
): NonNullable<Minute['queue']> => {
  const sent = at(samples.requests, index);
  const visible = at(samples.backlog, index);
  const before = index === 0 ? 0 : at(samples.backlog, index - 1);
  const deleted = Math.max(0, sent + before - visible);
  const rate = Math.max(1, at(samples.ready, index)) * ratePerInstance;
  return {
    sent,
    deleted,
    visible,
    inFlight: (deleted / samples.periodSeconds) * (workers / ratePerInstance),
    oldestSeconds: visible / rate,
  };
};
