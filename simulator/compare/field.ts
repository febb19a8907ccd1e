import { predictive, scheduled } from '#simulator/backtest/policies/by-the-hour.ts';
import { lookAhead, staticPeak } from '#simulator/backtest/policies/fixed.ts';
import { hpa } from '#simulator/backtest/policies/hpa.ts';
import { instanceGroup } from '#simulator/backtest/policies/instance-group.ts';
import { nomad } from '#simulator/backtest/policies/nomad.ts';
import { stepScaling } from '#simulator/backtest/policies/step-scaling.ts';
import { targetTracking } from '#simulator/backtest/policies/target-tracking.ts';
import type { Policy } from '#simulator/backtest/policy.ts';
import type { World } from '#simulator/backtest/world.ts';

/** One of the ways in which a peer can be set up. */
export type Setting = Readonly<{
  /** The setting for people: `75 % of what an instance carries`. */
  label: string;
  policy: Policy;
}>;

/** A way to scale that stands beside rules, with the settings that are tried of it. */
export type Peer = Readonly<{
  title: string;
  /** It learns from a part of the history that is not judged. */
  needsPast: boolean;
  settings: (world: World) => readonly Setting[];
}>;

/** Every setting keeps instances at a share of what one carries; this many shares are tried. */
const SHARES = [0.45, 0.55, 0.65, 0.7, 0.75, 0.8, 0.85, 0.95] as const;

/** An instance counts as warmed up after so long, as its policies are told. */
const WARMUP_SECONDS = 180;
const PREDICTIVE_BUFFER_SECONDS = 300;

const atShares =
  (make: (target: number) => Policy) =>
  ({ perInstance }: World): readonly Setting[] =>
    SHARES.map((share) => ({
      label: `at ${Math.round(100 * share)} % of what an instance carries`,
      policy: make(share * perInstance),
    }));

const tracking =
  (lowShare: number) =>
  (target: number): Policy =>
    targetTracking({ followed: 'requests', target, lowShare, warmupSeconds: WARMUP_SECONDS });

/** Both documented low thresholds of AWS are tried: 0.9 and 0.7 of the target. */
const bothTrackings = (world: World): readonly Setting[] =>
  [0.9, 0.7].flatMap((low) =>
    atShares(tracking(low))(world).map(({ label, policy }) => ({
      label: `${label}, in below ${100 * low} % of that`,
      policy,
    })),
  );

/** The peers by the names that `--against` takes. Each follows requests, which do not saturate. */
export const PEERS = {
  'target-tracking': {
    title: 'target tracking (AWS)',
    needsPast: false,
    settings: bothTrackings,
  },
  step: {
    title: 'step scaling (AWS)',
    needsPast: false,
    settings: atShares((target) =>
      stepScaling({ followed: 'requests', target, gapShare: 0.25, warmupSeconds: WARMUP_SECONDS }),
    ),
  },
  scheduled: {
    title: 'scheduled scaling (AWS)',
    needsPast: true,
    settings: atShares((target) => scheduled({ target })),
  },
  predictive: {
    title: 'predictive scaling with target tracking (AWS)',
    needsPast: true,
    settings: atShares((target) =>
      predictive({ target, bufferSeconds: PREDICTIVE_BUFFER_SECONDS }, tracking(0.9)(target)),
    ),
  },
  hpa: {
    title: 'Horizontal Pod Autoscaler (Kubernetes)',
    needsPast: false,
    settings: atShares((target) =>
      hpa({ followed: 'requests', target, tolerance: 0.1, downSeconds: 300 }),
    ),
  },
  nomad: {
    title: 'target-value (Nomad)',
    needsPast: false,
    settings: atShares((target) =>
      nomad({
        followed: 'requests',
        target,
        threshold: 0.01,
        cooldownSeconds: 300,
        outCooldownSeconds: 300,
      }),
    ),
  },
  'managed-instance-group': {
    title: 'managed instance group (Google)',
    needsPast: false,
    settings: atShares((target) => instanceGroup({ followed: 'requests', target })),
  },
  static: {
    title: 'static peak',
    needsPast: false,
    settings: () =>
      [1, 0.9, 0.8, 0.7].map((share) => ({
        label: share === 1 ? 'for the largest demand' : `${100 * share} % of that`,
        policy: staticPeak(share),
      })),
  },
} as const satisfies Readonly<Record<string, Peer>>;

export type PeerName = keyof typeof PEERS;
export const PEER_NAMES = Object.keys(PEERS) as readonly PeerName[];

/** The peers that are shown when none is named. */
export const USUAL_PEERS: readonly PeerName[] = [
  'target-tracking',
  'hpa',
  'managed-instance-group',
  'static',
];

/** An oracle that sees as far ahead as a long boot takes: what nobody can beat without a forecast. */
export const oracleOf = ({ boots }: World): Policy => {
  const longest = Math.max(...Array.from({ length: 200 }, (_, launch) => boots(launch).ready));
  return lookAhead(longest);
};
