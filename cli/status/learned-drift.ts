import { type LearnedOptions, learnedNow } from '#cli/learn/learned-now.ts';
import type { Terminal } from '#cli/terminal.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import {
  describeLearned,
  hasDrifted,
  LEARNED_TOLERANCE,
  type LearnedValue,
} from '#domain/configuration/learned.ts';

/** A learned value that the history at hand shows otherwise. */
export type GroupDrift = Readonly<{ group: string }> & LearnedValue;

/** The learned values of groups that have drifted by more than the tolerance; none where no history shows them. */
export const driftIn = (
  { text, groups }: Readonly<{ text: string; groups: readonly Group[] }>,
  options: LearnedOptions,
  terminal: Pick<Terminal, 'cwd'>,
): readonly GroupDrift[] =>
  groups.flatMap((group) => {
    const learned = learnedNow({ text, group }, options, terminal);
    const values = learned !== undefined && 'values' in learned ? learned.values : [];
    return values
      .filter(({ was, now }) => hasDrifted(was, now))
      .map((value) => ({ group: group.name, ...value }));
  });

/** Says it with the way out. */
export const describeDrift = ({ group, ...value }: GroupDrift): string =>
  `${group}: ${describeLearned(value)}, more than ${100 * LEARNED_TOLERANCE} % apart: npx tidegate learn --group ${group}`;
