import type { Decision, TraceLine } from '#domain/ledger/decision.ts';
import type { Paint } from '#parse/configuration/describe-problem.ts';

/** A decision for people: its sentence, then what each stage saw. */
export const describeDecision = (decision: Decision, paint: Paint): string => {
  const { summary, reason, trace, id } = decision;
  const widths = [
    Math.max(...trace.map(({ stage }) => stage.length)),
    Math.max(...trace.map(({ subject = '' }) => subject.length)),
    Math.max(...trace.map((line) => verdictOf(line).length)),
  ] as const;

  return [
    paint.bold(summary),
    `${reason}, decision ${id} at ${new Date(decision.at).toISOString()}`,
    '',
    ...trace.map((line) =>
      [
        line.stage.padEnd(widths[0]),
        (line.subject ?? '').padEnd(widths[1]),
        verdictOf(line).padEnd(widths[2]),
        `${line.detail} (${line.reason})`,
      ].join('  '),
    ),
  ].join('\n');
};

const verdictOf = ({ verdict, capacity }: TraceLine): string =>
  capacity === undefined ? verdict : `${verdict} ${capacity}`;
