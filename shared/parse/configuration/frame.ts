type FramePlace = Readonly<{ line: number; column: number; length: number }>;

/**
 * The source line of a mistake with the line before it, and a mark below the mistake. Long lines are
 * cut around the mark. The lines must be fit to print already.
 */
export const frameOf = (lines: readonly string[], { line, column, length }: FramePlace): string => {
  const fits = column + Math.min(length, WIDTH / 2) <= WIDTH;
  const start = fits ? 0 : column - 1 - WIDTH / 2;
  const show = (number: number) => {
    const text = (lines[number - 1] as string).slice(start, start + WIDTH);
    return `${number === line ? '>' : ' '} ${String(number).padStart(DIGITS)} | ${text}`.trimEnd();
  };

  const before = line > 1 ? [show(line - 1)] : [];
  const room = Math.max(1, WIDTH - (column - 1 - start));
  const mark = ' '.repeat(column - 1 - start) + '^'.repeat(Math.max(1, Math.min(length, room)));
  return [...before, show(line), `  ${' '.repeat(DIGITS)} | ${mark}`].join('\n');
};

const WIDTH = 100;
const DIGITS = 4;
