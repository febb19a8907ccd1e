import type { Annotation } from '#cli/output/annotation.ts';
import { placeOfKey } from '#cli/output/place-of-key.ts';
import { pathOfGroup } from '#parse/configuration/path-of-group.ts';
import type { Comparison, Contender } from '#simulator/compare/compare.ts';
import { describeComparison } from '#simulator/compare/describe-comparison.ts';
import type { Gate } from '#simulator/compare/fail-if.ts';
import { findConfiguration } from '../find-configuration.ts';
import type { Terminal } from '../terminal.ts';

type Judged = Readonly<{
  contenders: readonly Contender[];
  comparison: Comparison;
  gate: Gate | undefined;
  terminal: Pick<Terminal, 'cwd' | 'env'>;
}>;

/** The comparison on the line of the group that it is about; an error where the gate is shut. */
export const verdictOf = (
  { contenders: [asked], comparison, gate, terminal }: Judged,
  isFailed: boolean,
): readonly Annotation[] => {
  if (asked === undefined) return [];
  const { name: file, group } = asked;
  const { text } = findConfiguration(file, terminal);
  const verdict = gate === undefined ? 'backtest' : `${isFailed ? '' : 'not: '}${gate.text}`;
  return [
    {
      level: isFailed ? 'error' : 'notice',
      file,
      ...placeOfKey(text, pathOfGroup(group)),
      title: `${group.name}: ${verdict}`,
      message: describeComparison(comparison),
    },
  ];
};
