import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { SeenDemand } from '#domain/capacity/rules/demand.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { PoolSettings, WarmPool } from '#domain/observed/warm-pool.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  anObservation,
  aScaleHead,
  someInstances,
} from './builders.ts';
import { FORECAST, steadyDemand } from './demand.ts';
import { REQUESTS } from './readings.ts';

/** The settings that Tidegate gives a warm pool, without its limit. */
export const OURS: PoolSettings = {
  minSize: 0,
  poolState: 'Stopped',
  isReused: true,
  isBeingDeleted: false,
};
export const pool = (prepared?: number, ready = 0, warming = 0): WarmPool => ({
  ...(prepared === undefined ? {} : { settings: { ...OURS, prepared } }),
  ready,
  warming,
});

const BEHAVIOR = aBehavior({
  scaleOut: { cooldownSeconds: 0 },
  scaleIn: { cooldownSeconds: 0 },
});
export const GROUP = aGroup({
  metrics: { requests: REQUESTS },
  rules: [FORECAST],
  behavior: BEHAVIOR,
  warmPool: { wakeSeconds: 40, isReused: true },
});

export type Scene = Readonly<{
  capacity: number;
  pool?: WarmPool | undefined;
  demand?: SeenDemand | undefined;
  group?: Partial<Group>;
  head?: Partial<ScaleHead>;
}> &
  Partial<Pick<Observation, 'obstacles' | 'override' | 'refused' | 'arrivingDemands' | 'state'>>;

/** Demand that needs seven units. */
export const SEVEN = steadyDemand({ perSecond: 300 });

export const observe = ({ capacity, demand = SEVEN, group, head, ...more }: Scene) =>
  anObservation({
    group: { ...GROUP, ...group },
    state: aGroupState({ capacityDesired: capacity, instances: someInstances(capacity) }),
    demands: { requests: demand },
    head: aScaleHead(head),
    ...(more.pool === undefined ? {} : { pool: more.pool }),
    ...Object.fromEntries(
      Object.entries(more).filter(([key, value]) => key !== 'pool' && value !== undefined),
    ),
  });
export const decide = (scene: Scene) => decideCapacity(observe(scene));
