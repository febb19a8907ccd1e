import { isMap, parseDocument } from 'yaml';
import type { Group } from '#domain/configuration/configuration.ts';
import { pathOfGroup } from '../path-of-group.ts';
import { textAt } from './set-in-text.ts';

/** Something in a file that can be set otherwise, and the values to try, as they would be written. */
export type Knob = Readonly<{
  path: readonly [string, ...string[]];
  /** The text there is now; absent where the default applies. */
  now?: string;
  values: readonly string[];
}>;

/** Targets, thresholds and minimums are tried at these multiples of what they are. */
const FACTORS = [0.7, 0.85, 1.15, 1.3, 1.5];

const BEHAVIOR: readonly (readonly [string, readonly string[]])[] = [
  ['tolerance', ['0%', '3%', '10%']],
  ['scaleOut.cooldown', ['0s', '1m', '3m']],
  ['scaleIn.cooldown', ['0s', '5m', '10m']],
  ['scaleIn.stabilize', ['0s', '5m', '8m', '15m']],
];

/**
 * The knobs of a group, those of its fleet if it is a member of one: targets of rules that track, what an instance
 * carries and the margin of forecasts, thresholds of conditions, capacities of schedules, the minimum, and the margins
 * of its behaviour: tolerance, cooldowns, stabilisation on the way in.
 */
export const knobsIn = (text: string, group: Pick<Group, 'name' | 'fleet'>): readonly Knob[] => {
  const at = pathOfGroup(group);
  const rules = parseDocument(text).getIn([...at, 'rules']);
  const names = isMap(rules) ? rules.items.map(({ key }) => String(key)) : [];
  return [
    ...names.flatMap((name) =>
      ['target', 'perInstance', 'margin', 'when', 'min', 'capacity'].flatMap((field) =>
        scaledKnob(text, [...at, 'rules', name, field]),
      ),
    ),
    ...scaledKnob(text, [...at, 'capacity', 'min']),
    ...BEHAVIOR.map(([name, values]) => {
      const path = [...at, 'behavior', ...name.split('.')] as const;
      const now = textAt(text, path);
      return { path, values, ...(now === undefined ? {} : { now }) };
    }),
  ];
};

/** Its one number times each factor: `60`, `'100 per unit'` or `cpu > 60 for 3m`. */
const scaledKnob = (text: string, path: Knob['path']): readonly Knob[] => {
  const now = textAt(text, path);
  const [, before = '', number = '', after = ''] = NUMBER.exec(now ?? '') ?? [];
  if (now === undefined || number === '') return [];
  const isCapacity = path.at(-1) === 'min' || path.at(-1) === 'capacity';
  const numbers = FACTORS.map((factor) =>
    isCapacity ? Math.round(Number(number) * factor) : rounded(Number(number) * factor),
  );
  const values = [...new Set(numbers)]
    .filter((each) => each > 0 && each !== Number(number))
    .map((each) => `${before}${each}${after}`);
  return values.length === 0 ? [] : [{ path, now, values }];
};

/** The first number: on its own, before `per unit`, `rps` or `%`, or after a comparison. */
const NUMBER = /^(['"]?|.*?[<>]=?\s*)(\d+(?:\.\d+)?)((?:rp[sm]|%|\/\w+)?(?:\s.*|['"])?)$/;

/** Three digits are as many as a setting is worth. */
const rounded = (value: number): number => Number(value.toPrecision(3));
