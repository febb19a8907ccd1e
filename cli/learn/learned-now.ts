import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadHistory } from '#cli/history/load-history.ts';
import { CommandFailure } from '#cli/output/failure.ts';
import type { Terminal } from '#cli/terminal.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { LearnedFacts, LearnedValue } from '#domain/configuration/learned.ts';
import { type AutoRule, autoRulesIn } from './auto-rules.ts';
import { learnValues } from './learn-values.ts';

export type LearnedOptions = Readonly<{ history?: string | undefined; slo?: string | undefined }>;

/** The folder of a history that nobody names. */
const USUAL_FOLDER = 'history';

/**
 * Compares the learned values of a group with the history at hand. Nothing where the file has none for it. Where there is
 * no history, or none that shows them, it says so, and throws nothing: whoever asks has other things to say.
 */
export const learnedNow = (
  { text, group }: Readonly<{ text: string; group: Group }>,
  options: LearnedOptions,
  terminal: Pick<Terminal, 'cwd'>,
): LearnedFacts | undefined => {
  const rules = autoRulesIn(text, group).filter(({ was }) => was.on !== undefined);
  if (rules.length === 0) return undefined;
  const folder = options.history ?? USUAL_FOLDER;
  if (!existsSync(resolve(terminal.cwd, folder))) {
    return { missing: `there is no history in ${folder}: npx tidegate record --out ${folder}` };
  }
  try {
    const history = loadHistory({ history: folder, name: group.name }, terminal);
    const wanted = [...new Set(rules.flatMap((rule) => rule.wanted))];
    const learned = learnValues(history, wanted, options.slo);
    return { values: rules.flatMap((rule) => valuesOf(rule, learned)) };
  } catch (thrown) {
    if (thrown instanceof CommandFailure) return { missing: thrown.failure.message };
    throw thrown;
  }
};

const valuesOf = (
  { name, wanted, was }: AutoRule,
  learned: ReturnType<typeof learnValues>,
): readonly LearnedValue[] =>
  wanted.flatMap((key) => {
    const [before, now] = [was[key], learned[key]];
    return before === undefined || now === undefined
      ? []
      : [
          {
            rule: name,
            key,
            was: before,
            learnedOn: was.on ?? '',
            now,
            on: learned.on,
          },
        ];
  });
