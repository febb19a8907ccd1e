import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import type { Paint } from '#parse/configuration/describe-problem.ts';

/** A line for each decision: when, its id, how it ended, and its sentence. */
export const describeDecisions = (decisions: readonly RecordedDecision[], paint: Paint): string => {
  const width = Math.max(...decisions.map(({ id }) => id.length));
  return decisions
    .map(({ at, id, status, summary, reason, outcome, goesOn }) => {
      const time = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
      const sentence = `${outcome?.summary ?? summary} (${outcome?.reason ?? reason})`;
      const known = goesOn ? ', goes on: told before' : '';
      const line = `${time}  ${id.padEnd(width)}  ${status.padEnd(10)}  ${sentence}${known}`;
      if (status === 'refused') return paint.red(line);
      return status === 'applied' ? paint.bold(line) : line;
    })
    .join('\n');
};
