import type picocolors from 'picocolors';
import type { DrillStep } from './step.ts';

type Paint = ReturnType<typeof picocolors.createColors>;

/** Each hop on a line: passed or not, after how long, what was seen; below those that were not, what to do. */
export const describeDrillReport = (steps: readonly DrillStep[], paint: Paint): string => {
  const width = Math.max(...steps.map(({ hop }) => hop.length));
  const lines = steps.flatMap(({ hop, isPassed, afterMs, detail, help }) => [
    `  ${isPassed ? paint.green('✓') : paint.red('✗')} ${hop.padEnd(width)}  ${timeOf(afterMs).padStart(8)}  ${detail}`,
    ...(help === undefined ? [] : [`    ${' '.repeat(width)}            ${help}`]),
  ]);
  const failed = steps.filter(({ isPassed }) => !isPassed).length;
  const end =
    failed === 0
      ? `All ${steps.length} hops were passed; nothing was changed.`
      : `${failed} of ${steps.length} hops were not passed; nothing was changed.`;
  return [...lines, '', end].join('\n');
};

const timeOf = (ms: number | undefined): string =>
  ms === undefined ? '–' : `${(ms / 1_000).toFixed(1)} s`;
