import type * as z from 'zod';
import { amount } from '#parse/configuration/words/amount.ts';
import { choice } from '#parse/configuration/words/choice.ts';
import { duration } from '#parse/configuration/words/duration.ts';
import { onForeignChange } from '#parse/configuration/words/on-foreign-change.ts';
import { onMissing } from '#parse/configuration/words/on-missing.ts';
import { percent } from '#parse/configuration/words/percent.ts';
import { wholeNumber } from '#parse/configuration/words/whole-number.ts';
import { describeValue } from '../describe-value.ts';
import { isMapping } from '../mapping.ts';
import { didYouMean } from '../nearest.ts';
import { isNegative } from '../opposites.ts';
import { leaf } from './leaf.ts';
import { list, mapping } from './mapping.ts';
import { oneOf } from './one-of.ts';

const cooldown = duration({ min: 0, max: 86_400 });
/** The HPA's own largest values. */
const window = duration({ min: 0, max: 3_600 });
const rate = duration({ min: 1, max: 1_800 });
const tolerance = percent({ min: 0, max: 100 });

const select = leaf(
  choice(['max', 'min', 'disabled']),
  'The limit that counts when there are several. max (the default): the one that allows most. min: the one that allows least. disabled: no change in this direction.',
).prefault('max');

const direction = {
  stabilize: leaf(
    window,
    'The stabilization window: the most careful recommendation within it counts.',
  ).optional(),
  tolerance: leaf(
    tolerance,
    'How far a tracked metric may be from its target before the group changes. Default: behavior.tolerance.',
  ).optional(),
  select,
};

const per = leaf(rate, 'The time, up to 30m.');

const added = mapping('A limit to scale-out.', {
  add: leaf(
    amount,
    'The most units, or the largest percentage of the capacity at the beginning of the time.',
  ),
  per,
});

const removed = mapping('A limit to scale-in.', {
  remove: leaf(
    amount,
    'The most units, or the largest percentage of the capacity at the beginning of the time.',
  ),
  per,
});

/** It slows down rules that go back and forth. */
export const flap = mapping('When rules that go back and forth are slowed down.', {
  reversals: leaf(
    wholeNumber({ min: 2, max: 20 }),
    'The number of reversals that are a flap: changes by rules in the other direction than the one before. Default: 3.',
  ).prefault(3),
  within: leaf(
    duration({ min: 60, max: 86_400 }),
    'The time in which they count; after this time without a reversal the flap is over. Default: 2h.',
  ).prefault('2h'),
  longestCooldown: leaf(
    cooldown,
    'The longest cooldown of scale-in: it doubles with each reversal up to this. Default: 1h.',
  ).prefault('1h'),
});

const flapping = oneOf(
  'When rules that go back and forth are slowed down, or off.',
  {
    mapping: flap,
    off: leaf(choice(['off']), 'Rules that go back and forth are never slowed down.'),
  },
  (value) => {
    if (isMapping(value)) return 'mapping';
    if (value === 'off') return 'off';
    return {
      code: 'bad-value',
      message: `found ${describeValue(value)}`,
      expected: 'off, or a mapping such as { reversals: 3, within: 2h, longestCooldown: 1h }',
      ...didYouMean(isNegative(value) ? 'off' : undefined),
    };
  },
);

/** The group's pace, with the words of the Horizontal Pod Autoscaler. */
export const behavior = mapping('How fast the group may change, as in the HPA.', {
  scaleOut: mapping('Scale-out.', {
    cooldown: leaf(
      cooldown,
      'The least time from one scale-out to the next. Default: 3m, or 0s when all rules go by demand.',
    ).optional(),
    ...direction,
    limits: list(added, 'Limits to the units that are added within a time.').prefault([]),
  }).prefault({}),
  scaleIn: mapping('Scale-in.', {
    cooldown: leaf(
      cooldown,
      'The least time from any change to a scale-in. Default: 5m, or 0s when all rules go by demand.',
    ).optional(),
    ...direction,
    limits: list(removed, 'Limits to the units that are removed within a time.').prefault([]),
  }).prefault({}),
  tolerance: leaf(
    tolerance,
    'How far a tracked metric may be from its target before the group changes. Default: 10%, or 2% when all rules go by demand.',
  ).optional(),
  warmup: leaf(
    cooldown,
    'The time for which added units count as warming up: they are not multiplied on scale-out, and do not count on scale-in. Default: 0s; pending instances always warm up.',
  ).prefault('0s'),
  onForeignChange: leaf(
    onForeignChange,
    'What happens when somebody else sets the capacity. adopt (the default): go on from it. hold 30m: change nothing for this time. restore: put back what was taken away.',
  ).prefault('adopt'),
  flapping: flapping.optional(),
  onMissing: leaf(onMissing, 'What rules do without data, unless a rule says it itself.').prefault(
    'hold',
  ),
});

export type BehaviorInput = z.output<typeof behavior>;
