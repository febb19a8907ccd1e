import { describeAdjustment } from '#domain/configuration/describe-adjustment.ts';
import type { Band, StepRule } from '#domain/configuration/rule.ts';
import type { GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import { recommendSooner } from './arriving.ts';
import { followsNothing, isNothingOfZero, SHARE_OF_NOTHING } from './at-zero.ts';
import { describeSight, type Sight } from './newest-value.ts';
import { recommendAdjustment } from './recommend-adjustment.ts';
import { abstain, wants } from './recommendations.ts';
import type { RuleKind } from './rule-kind.ts';
import { withoutData } from './without-data.ts';

const recommendByStep = (rule: StepRule, observation: GroupObservation): Recommendation =>
  recommendSooner({ ...rule, watched: [rule.metric] }, observation, (see) =>
    recommendOn(rule, observation, see(rule.metric)),
  );

const recommendOn = (
  rule: StepRule,
  observation: GroupObservation,
  sight: Sight,
): Recommendation => {
  const { metric, bands } = rule;
  if (sight.kind === 'missing') return withoutData(rule, sight.detail);

  const found = `${metric} is ${describeSight(sight)}`;
  const met = bandOf(bands, sight.value);
  if (met === undefined) return abstain(rule, 'NoBandMet', `${found}, in no band`);

  const band = sight.isAtLeast ? leastBeyond(rule, observation, met) : met;
  const adjusted = recommendAdjustment(band.adjustment, observation, rule.atLeast);
  const detail = `${found}, ${band.side} ${band.bound}: ${adjusted.detail}`;
  return wants(rule, 'BandMet', { ...adjusted, detail });
};

/** Of the bands that a metric may still reach when it has met one, the band that asks for the least. */
const leastBeyond = (
  { bands, atLeast }: StepRule,
  observation: GroupObservation,
  met: Band,
): Band => {
  const capacityBy = ({ adjustment }: Band): number =>
    recommendAdjustment(adjustment, observation, atLeast).capacity;
  return bands
    .filter(({ side, bound }) => side === 'above' && bound > met.bound)
    .reduce((least, band) => (capacityBy(band) < capacityBy(least) ? band : least), met);
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

const whyNoStep = ({ bands, atLeast }: StepRule): string | undefined => {
  const additions = bands.filter(({ adjustment }) => adjustment.kind !== 'remove');
  const isShare = additions.every(
    ({ adjustment }) => 'unit' in adjustment && adjustment.unit === 'percent' && atLeast === 0,
  );
  if (additions.length === 0) return undefined;
  return isShare ? SHARE_OF_NOTHING : 'able';
};

/** An adjustment for each band of a metric. */
export const step: RuleKind<StepRule> = {
  recommend: recommendByStep,
  atZero: (rule, observation) => followsNothing(rule, observation) ?? whyNoStep(rule),
  fromZero: ({ bands, atLeast }) => {
    const isShare = atLeast === 0 && bands.every(({ adjustment }) => isNothingOfZero(adjustment));
    return { makes: isShare ? 'share-of-nothing' : 'able' };
  },
  turns: ({ name, metric, atLeast, bands }) =>
    bands.map((band) => ({ ...band, rule: name, metric, atLeast })),
  marks: ({ name, metric, bands }) =>
    bands.map(({ side, bound }) => ({ metric, value: bound, label: `${name}: ${side} ${bound}` })),
  describe: ({ metric, bands }) => {
    const each = bands.map(
      ({ side, bound, adjustment }) => `${side} ${bound} ${describeAdjustment(adjustment)}`,
    );
    return `by ${metric}: ${each.join(', ')}`;
  },
};
