import type { Band, StepRule } from '#domain/configuration/rule.ts';
import type { GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import { describeValue, look } from './look.ts';
import { abstain, wants, withoutData } from './recommendations.ts';
import { wishFor } from './wish.ts';

export const recommendByStep = (rule: StepRule, observation: GroupObservation): Recommendation => {
  const { metric, bands, atLeast, onMissing } = rule;
  const sight = look(metric, observation, onMissing);
  if (sight.kind === 'missing') return withoutData(rule, sight.detail);

  const found = `${metric} is ${describeValue(sight.value)}`;
  const band = bandOf(bands, sight.value);
  if (band === undefined) return abstain(rule, 'NoBandMet', `${found}, in no band`);

  const wish = wishFor(band.adjustment, observation, atLeast);
  const detail = `${found}, ${band.side} ${band.bound}: ${wish.detail}`;
  return wants(rule, 'BandMet', { ...wish, detail });
};

/**
 * The band that a value lies in: a bound belongs to its own band, above the middle as below it
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html).
 */
const bandOf = (bands: readonly Band[], value: number): Band | undefined => {
  const met = bands.filter(({ side, bound }) =>
    side === 'above' ? value >= bound : value <= bound,
  );
  return met.reduce<Band | undefined>(
    (furthest, band) => (furthest === undefined || isFurther(band, furthest) ? band : furthest),
    undefined,
  );
};

const isFurther = ({ side, bound }: Band, than: Band): boolean =>
  side === 'above' ? bound > than.bound : bound < than.bound;
