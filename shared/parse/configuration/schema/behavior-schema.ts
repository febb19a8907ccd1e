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
  'Which of several limits counts: max, the one that allows most (the default), or min. disabled: never in this direction.',
).prefault('max');

const direction = {
  stabilize: leaf(
    window,
    'For so long a recommendation must have lasted; the most careful one of that time counts.',
  ).optional(),
  tolerance: leaf(
    tolerance,
    'So far off its target a tracked metric may be; as behavior.tolerance unless said otherwise.',
  ).optional(),
  select,
};

const per = leaf(rate, 'Within this time, up to 30m.');

const added = mapping('A limit to growth.', {
  add: leaf(amount, 'At most so many units, or percent of what there was.'),
  per,
});

const removed = mapping('A limit to shrinking.', {
  remove: leaf(amount, 'At most so many units, or percent of what there was.'),
  per,
});

const flap = mapping('When rules that go back and forth are slowed down.', {
  reversals: leaf(
    wholeNumber({ min: 2, max: 20 }),
    'So many changes by rules, each in the other direction than the one before it, are a flap. 3 unless said otherwise.',
  ).prefault(3),
  within: leaf(
    duration({ min: 60, max: 86_400 }),
    'Within so long; after so long without a reversal the group flaps no more. 2h unless said otherwise.',
  ).prefault('2h'),
  longestCooldown: leaf(
    cooldown,
    'While it flaps, the cooldown of scale-in doubles with each reversal, up to this. 1h unless said otherwise.',
  ).prefault('1h'),
});

const flapping = oneOf(
  'Rules that go back and forth: when they are slowed down, or off for never.',
  { mapping: flap, off: leaf(choice(['off']), 'Never.') },
  (value) => {
    if (isMapping(value)) return 'mapping';
    if (value === 'off') return 'off';
    return {
      code: 'bad-value',
      message: `found ${describeValue(value)}`,
      expected: 'off, or a mapping such as { reversals: 3, within: 2h, longestCooldown: 1h }',
    };
  },
);

/** The group's pace, with the words of the Horizontal Pod Autoscaler. */
export const behavior = mapping('How fast the group may move.', {
  scaleOut: mapping('On the way out.', {
    cooldown: leaf(
      cooldown,
      'The least time from one addition to the next; 3m unless said otherwise.',
    ).prefault('3m'),
    ...direction,
    limits: list(added, 'How much may be added within how long.').prefault([]),
  }).prefault({}),
  scaleIn: mapping('On the way in.', {
    cooldown: leaf(
      cooldown,
      'The least time from any change to a removal; 5m unless said otherwise.',
    ).prefault('5m'),
    ...direction,
    limits: list(removed, 'How much may be removed within how long.').prefault([]),
  }).prefault({}),
  tolerance: leaf(
    tolerance,
    'So far off its target a tracked metric may be; 10% unless said otherwise.',
  ).prefault('10%'),
  warmup: leaf(
    cooldown,
    'For so long what was added counts as warming up: it multiplies nothing, and nothing is removed. 0s unless said otherwise; pending instances always count.',
  ).prefault('0s'),
  onForeignChange: leaf(
    onForeignChange,
    'When somebody else sets the capacity: adopt reckons from it, hold 30m leaves it in peace for so long, restore puts back what was taken away. adopt unless said otherwise.',
  ).prefault('adopt'),
  flapping: flapping.prefault({}),
  onMissing: leaf(onMissing, 'What rules do without data, unless they say it themselves.').prefault(
    'hold',
  ),
});

export type BehaviorInput = z.output<typeof behavior>;
