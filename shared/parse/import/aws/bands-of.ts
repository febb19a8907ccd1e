import type { ImportNote, Written } from '../translation.ts';
import { thenOf } from './then-of.ts';

/** One step of a policy; its bounds are relative to the threshold of the alarm. */
export type AwsStep = Readonly<{
  MetricIntervalLowerBound?: number | undefined;
  MetricIntervalUpperBound?: number | undefined;
  ScalingAdjustment: number;
}>;

/** A band of a step rule: from its bound on, away from the threshold. */
export type StepBand = Readonly<{ side: 'above' | 'below'; bound: number; change: string }>;

type Missing = Pick<ImportNote, 'message' | 'why'>;

type Steps = Readonly<{
  side: 'above' | 'below';
  threshold: number;
  adjustmentType: string;
  steps: readonly AwsStep[];
}>;

/**
 * The bands that steps become, the nearest to the threshold first. A band ends where the next one begins, so that a
 * step without a change can stand only between the threshold and the first band.
 */
export const bandsOf = ({
  side,
  threshold,
  adjustmentType,
  steps,
}: Steps): Readonly<{ bands: readonly StepBand[]; missing: readonly Missing[] }> => {
  const near = (step: AwsStep): number | undefined =>
    side === 'above' ? step.MetricIntervalLowerBound : step.MetricIntervalUpperBound;
  const far = (step: AwsStep): number | undefined =>
    side === 'above' ? step.MetricIntervalUpperBound : step.MetricIntervalLowerBound;
  const away = (offset: number): number => (side === 'above' ? offset : -offset);
  // A step that ends before the threshold is of the side on which the alarm never fires.
  const reached = steps.filter((step) => away(far(step) ?? away(Infinity)) > 0);
  const sorted = reached
    .map((step) => ({ offset: Math.max(0, away(near(step) ?? 0)), step }))
    .toSorted((one, other) => one.offset - other.offset);

  const bands: StepBand[] = [];
  const missing: Missing[] = [];
  if (reached.length < steps.length) missing.push(ON_THE_OTHER_SIDE);
  for (const { offset, step } of sorted) {
    const change = thenOf({ type: adjustmentType, amount: step.ScalingAdjustment });
    const bound = Number((threshold + away(offset)).toPrecision(12));
    if (change !== undefined) bands.push({ side, bound, change });
    else if (bands.length > 0) missing.push(restAt(side, bound));
  }
  return { bands, missing };
};

const ON_THE_OTHER_SIDE: Missing = {
  message: 'steps on the other side of the threshold are left out',
  why: 'the alarm does not fire there, so AWS never takes them',
};

const restAt = (side: string, bound: number): Missing => ({
  message: `the step ${side} ${bound} changes nothing, and the band before it goes on there`,
  why: 'a band ends only where the next one begins, and a band must change something',
});

/** A band as it is written. */
export const writtenBand = ({ side, bound, change }: StepBand): Written => ({
  [side]: bound,
  // biome-ignore lint/suspicious/noThenProperty: a key of the file; it is never awaited.
  then: change,
});
