import type { Group } from '#domain/configuration/configuration.ts';
import { textAt } from '#parse/configuration/edit/set-in-text.ts';
import { pathOfGroup } from '#parse/configuration/path-of-group.ts';
import { inSeconds } from '#parse/configuration/words/duration.ts';
import { perInstance } from '#parse/configuration/words/per-instance.ts';
import type { Learnable } from './learn-values.ts';

/** A forecast rule of a file that says `auto`, and what the file has learned for it. */
export type AutoRule = Readonly<{
  name: string;
  path: readonly [string, ...string[]];
  wanted: readonly Learnable[];
  /** Demand a second, seconds, and the day; absent where nothing is learned yet. */
  was: Readonly<{ perInstance?: number; lead?: number; on?: string }>;
}>;

/** The forecast rules of a group, or of its fleet, that say `auto`. The text is one that was read without mistakes. */
export const autoRulesIn = (text: string, group: Group): readonly AutoRule[] =>
  group.rules.flatMap(({ kind, name }) => {
    const path = [...pathOfGroup(group), 'rules', name] as const;
    const read = (...keys: readonly string[]): string | undefined =>
      textAt(text, [...path, ...keys])?.replace(/^(['"])(.*)\1$/, '$2');
    const wanted = (['perInstance', 'lead'] as const).filter((key) => read(key) === 'auto');
    if (kind !== 'forecast' || wanted.length === 0) return [];

    const [carried, lead, on] = ['perInstance', 'lead', 'on'].map((key) => read('learned', key));
    return [
      {
        name,
        path,
        wanted,
        was: {
          ...(carried === undefined ? {} : { perInstance: aSecond(carried) }),
          ...(lead === undefined ? {} : { lead: inSeconds(lead) }),
          ...(on === undefined ? {} : { on }),
        },
      },
    ];
  });

/** A bare number is meant a second, for what is learned counts what came. */
const aSecond = (text: string): number => {
  const found = perInstance.read(text);
  if (!found.ok) return Number.NaN;
  const { value, per } = found.value;
  return per === 'minute' ? value / 60 : value;
};
