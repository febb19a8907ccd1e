import type { Group } from '#domain/configuration/configuration.ts';
import type { Learnable } from '#domain/configuration/learned.ts';
import { textAt } from '#parse/configuration/edit/set-in-text.ts';
import { pathOfGroup } from '#parse/configuration/path-of-group.ts';
import { inSeconds } from '#parse/configuration/words/duration.ts';
import { perInstance } from '#parse/configuration/words/per-instance.ts';

/** A forecast rule, or a warm pool, of a file that says `auto`, and what the file has learned for it. */
export type AutoRule = Readonly<{
  /** The name of the rule, or `warmPool`. */
  name: string;
  path: readonly [string, ...string[]];
  wanted: readonly Learnable[];
  /** Demand a second, seconds, and the day; absent where nothing is learned yet. */
  was: Readonly<Partial<Record<Learnable, number>> & { on?: string }>;
}>;

/** The rules of a group, or of its fleet, that say `auto`, and its warm pool. The text is one that was read without mistakes. */
export const autoRulesIn = (text: string, group: Group): readonly AutoRule[] => {
  const at = pathOfGroup(group);
  const forecasts = group.rules.filter(({ kind }) => kind === 'forecast');
  return [
    ...forecasts.map(({ name }) => ({
      name,
      path: [...at, 'rules', name] as const,
      keys: ['perInstance', 'lead'] as const,
    })),
    { name: 'warmPool', path: [...at, 'warmPool'] as const, keys: ['wake'] as const },
  ].flatMap((place) => autoRuleAt(text, place));
};

type Place = Pick<AutoRule, 'name' | 'path'> & Readonly<{ keys: readonly Learnable[] }>;

const autoRuleAt = (text: string, { name, path, keys }: Place): readonly AutoRule[] => {
  const read = (...within: readonly string[]): string | undefined =>
    textAt(text, [...path, ...within])?.replace(/^(['"])(.*)\1$/, '$2');
  const wanted = keys.filter((key) => read(key) === 'auto');
  if (wanted.length === 0) return [];

  const on = read('learned', 'on');
  const learned = keys.flatMap((key) => {
    const said = read('learned', key);
    return said === undefined ? [] : [[key, numberIn(key, said)] as const];
  });
  const was = { ...Object.fromEntries(learned), ...(on === undefined ? {} : { on }) };
  return [{ name, path, wanted, was }];
};

const numberIn = (key: Learnable, said: string): number =>
  key === 'perInstance' ? aSecond(said) : inSeconds(said);

/** A bare number is meant a second, for what is learned counts what came. */
const aSecond = (text: string): number => {
  const found = perInstance.read(text);
  if (!found.ok) return Number.NaN;
  const { value, per } = found.value;
  return per === 'minute' ? value / 60 : value;
};
