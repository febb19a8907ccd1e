import { durationText } from '#parse/configuration/words/duration.ts';
import type { ImportedPace, PaceSide, Written } from '../translation.ts';
import type { HpaBehavior } from './schemas.ts';

type Scaling = NonNullable<HpaBehavior['scaleUp']>;
type ScalingPolicy = Scaling['policies'][number];

/** The behaviour of an HPA; what it does not say is as the HPA has it, not as Tidegate has it. */
export const pacesOfBehavior = ({ scaleUp, scaleDown }: HpaBehavior): readonly ImportedPace[] => [
  ...ofDirection('scaleOut', scaleUp, { seconds: 0, policies: USUAL_UP }),
  ...ofDirection('scaleIn', scaleDown, { seconds: 300, policies: [] }),
];

const USUAL_UP: readonly ScalingPolicy[] = [
  { type: 'Percent', value: 100, periodSeconds: 15 },
  { type: 'Pods', value: 4, periodSeconds: 15 },
];

const SAID = 'As the HPA has it; a cooldown is not needed beside the window and the limits.';

const ofDirection = (
  side: PaceSide,
  scaling: Scaling | undefined,
  usual: Readonly<{ seconds: number; policies: readonly ScalingPolicy[] }>,
): readonly ImportedPace[] => {
  const policies = scaling?.policies.length ? scaling.policies : usual.policies;
  const limits = policies.map((policy) => limitOf(side, policy));
  const select = scaling?.selectPolicy.toLowerCase() ?? 'max';
  return [
    { side, key: 'cooldown', value: 0, because: SAID },
    {
      side,
      key: 'stabilize',
      value: scaling?.stabilizationWindowSeconds ?? usual.seconds,
      because: SAID,
    },
    ...toleranceOf(side, scaling),
    ...(limits.length === 0
      ? []
      : [{ side, key: 'limits' as const, value: limits, because: SAID }]),
    ...(select === 'max' ? [] : [{ side, key: 'select' as const, value: select, because: SAID }]),
  ];
};

const limitOf = (side: PaceSide, { type, value, periodSeconds }: ScalingPolicy): Written => ({
  [side === 'scaleOut' ? 'add' : 'remove']: type === 'Percent' ? `${value}%` : value,
  per: durationText(periodSeconds),
});

const toleranceOf = (side: PaceSide, scaling: Scaling | undefined): readonly ImportedPace[] =>
  scaling?.tolerance === undefined
    ? []
    : [
        {
          side,
          key: 'tolerance',
          value: Math.round(Number(scaling.tolerance) * 100_000) / 1_000,
          because: SAID,
        },
      ];
