import { predictive, scheduled } from '#simulator/backtest/policies/by-the-hour.ts';
import { staticPeak } from '#simulator/backtest/policies/fixed.ts';
import { hpa } from '#simulator/backtest/policies/hpa.ts';
import { instanceGroup } from '#simulator/backtest/policies/instance-group.ts';
import { nomad } from '#simulator/backtest/policies/nomad.ts';
import { stepScaling } from '#simulator/backtest/policies/step-scaling.ts';
import { targetTracking } from '#simulator/backtest/policies/target-tracking.ts';
import type { Policy } from '#simulator/backtest/policy.ts';
import type { Family, Knob } from './family.ts';
import { OWN_FAMILIES } from './own-families.ts';
import { POOL_FAMILIES } from './pool-families.ts';

type Table<S> = Readonly<Record<string, S>>;

const peer = <S>(
  name: string,
  table: Table<S>,
  make: (settings: S, knob: Knob) => Policy,
): Family => {
  const all = Object.values(table);
  return {
    name,
    isOurs: false,
    learns: false,
    variants: Object.keys(table),
    policy: (variant, knob) => make(all[variant] as S, knob),
  };
};

/** Samples of 15 seconds that are 15 seconds late, as from an agent or the metrics server of Kubernetes. */
const FAST = { periodSeconds: 15, delaySeconds: 15 };

const TRACKING = {
  'low .9': { lowShare: 0.9, warmupSeconds: 0 },
  'low .7': { lowShare: 0.7, warmupSeconds: 0 },
  'low .9, warm-up 180 s': { lowShare: 0.9, warmupSeconds: 180 },
};

const PODS = {
  'tolerance 10 %, 5 min': { tolerance: 0.1, downSeconds: 300 },
  'tolerance 3 %, 5 min': { tolerance: 0.03, downSeconds: 300 },
  'tolerance 3 %, 10 min': { tolerance: 0.03, downSeconds: 600 },
};

const PEERS: readonly Family[] = [
  peer('static peak', { 'known in hindsight': {} }, (_, { share }) => staticPeak(1.35 - share)),
  {
    ...peer('scheduled, by the hour', { 'of the days before': {} }, (_, { requests }) =>
      scheduled({ target: requests }),
    ),
    learns: true,
  },
  peer('target tracking, requests', TRACKING, (settings, { requests }) =>
    targetTracking({ ...settings, followed: 'requests', target: requests }),
  ),
  peer('target tracking, CPU', TRACKING, (settings, { cpu }) =>
    targetTracking({ ...settings, followed: 'cpu', target: cpu }),
  ),
  {
    ...peer('target tracking, requests, 15 s samples', TRACKING, (settings, { requests }) =>
      targetTracking({ ...settings, followed: 'requests', target: requests, metrics: FAST }),
    ),
    hasOtherMetrics: true,
  },
  peer(
    'step scaling, CPU',
    { 'gap 15 %': 0.15, 'gap 25 %': 0.25, 'gap 35 %': 0.35 },
    (gapShare, { cpu }) =>
      stepScaling({ followed: 'cpu', target: cpu, gapShare, warmupSeconds: 0 }),
  ),
  {
    ...peer('predictive with target tracking', TRACKING, (settings, { requests }) =>
      predictive(
        { target: requests, bufferSeconds: 300 },
        targetTracking({ ...settings, followed: 'requests', target: requests }),
      ),
    ),
    learns: true,
  },
  peer('HPA, requests', PODS, (settings, { requests }) =>
    hpa({ ...settings, followed: 'requests', target: requests }),
  ),
  peer('HPA, CPU', PODS, (settings, { cpu }) => hpa({ ...settings, followed: 'cpu', target: cpu })),
  {
    ...peer('HPA, requests, 15 s samples', PODS, (settings, { requests }) =>
      hpa({ ...settings, followed: 'requests', target: requests, metrics: FAST }),
    ),
    hasOtherMetrics: true,
  },
  peer(
    'Nomad target-value, requests',
    {
      'cooldown 5 min': { cooldownSeconds: 300, outCooldownSeconds: 300 },
      'cooldown 2 min': { cooldownSeconds: 120, outCooldownSeconds: 120 },
      'cooldown 5 min, out 1 min': { cooldownSeconds: 300, outCooldownSeconds: 60 },
    },
    (settings, { requests }) =>
      nomad({ ...settings, followed: 'requests', target: requests, threshold: 0.01 }),
  ),
  peer(
    'managed instance group, requests',
    {
      'no scale-in controls': {},
      'at most 20 % in 10 min': { mostRemovedShare: 0.2 },
      'at most 10 % in 10 min': { mostRemovedShare: 0.1 },
    },
    (settings, { requests }) =>
      instanceGroup({ ...settings, followed: 'requests', target: requests }),
  ),
];

/** The field: peers first, then the rules of Tidegate. Another rule kind is one more entry. */
export const FAMILIES: readonly Family[] = [...PEERS, ...OWN_FAMILIES, ...POOL_FAMILIES];

export const familyNamed = (name: string): Family | undefined =>
  FAMILIES.find((family) => family.name === name);
