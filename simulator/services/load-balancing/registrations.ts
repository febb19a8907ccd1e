import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';

const DRAIN_MS = 30 * SECOND_MS;

export type Health = Readonly<{ state: string; reason: string }>;

const HEALTHY: Health = { state: 'healthy', reason: '' };
const INITIAL: Health = { state: 'initial', reason: 'Elb.InitialHealthChecking' };
const DRAINING: Health = { state: 'draining', reason: 'Target.DeregistrationInProgress' };

/** A target in a target group. */
export type Place = Readonly<{ arn: string; id: string }>;

/** The targets that fail and those that were deregistered, each from its own target group. */
export const createRegistrations = (timeline: Timeline) => {
  /** The display of each failing machine: everywhere by its id, or by its place. */
  const sick = new Map<string, Health>();
  const left = new Map<string, Instant>();
  const enteredAt = new Map<string, Instant>();

  return {
    leave: (place: Place): void => {
      if (!left.has(keyOf(place))) left.set(keyOf(place), timeline.now());
    },
    /** Registered again, it is checked anew. */
    enter: (place: Place): void => {
      left.delete(keyOf(place));
      enteredAt.set(keyOf(place), timeline.now());
    },
    enteredAt: (place: Place): Instant => enteredAt.get(keyOf(place)) ?? 0,
    hasLeft: (place: Place): boolean => left.has(keyOf(place)),
    /** Still shown: a target that was deregistered drains for a while. */
    isShown: (place: Place): boolean =>
      timeline.now() < (left.get(keyOf(place)) ?? Number.POSITIVE_INFINITY) + DRAIN_MS,
    isSick: (id: string): boolean => sick.has(id),
    /** The places that targets were taken out of, and not put back into. */
    away: (): readonly Place[] =>
      [...left.keys()].map((key) => {
        const [arn = '', id = ''] = key.split(' ');
        return { arn, id };
      }),
    /** Fails everywhere, or in one target group only. */
    fail: (id: string, health: Health, arn?: string): void => {
      sick.set(arn === undefined ? id : keyOf({ arn, id }), health);
    },
    recover: (id: string): void => {
      for (const key of sick.keys()) if (key === id || key.endsWith(` ${id}`)) sick.delete(key);
    },
    healthOf: (place: Place, phase: 'new' | 'settled' | 'leaving'): Health => {
      if (phase === 'leaving' || left.has(keyOf(place))) return DRAINING;
      const health = sick.get(place.id) ?? sick.get(keyOf(place));
      if (health !== undefined) return health;
      return phase === 'new' ? INITIAL : HEALTHY;
    },
  };
};

const keyOf = ({ arn, id }: Place): string => `${arn} ${id}`;
