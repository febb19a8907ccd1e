import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { EXIT, FAILURES } from '#cli/exit-codes.ts';
import { wholeProgram } from '#cli/main.ts';
import { ROOT } from './run-cli.ts';

describe('docs/cli.md', () => {
  const text = readFileSync(`${ROOT}docs/cli.md`, 'utf8');

  test.each(['What it does', 'Fields'])(
    'has a row for every command in the table of the column %s',
    async (column) => {
      const [, below = ''] = text.split(`\n| Command | ${column} |`);
      const [table = ''] = below.split('\n\n');
      const cells = [...table.matchAll(/^\| (`(?:\\\||[^|])*) \|/gm)].map(([, cell = '']) => cell);
      const named = cells.flatMap((cell) =>
        [...cell.matchAll(/`([a-z]+)[^`]*`/g)].map(([, name]) => name),
      );
      const program = await wholeProgram({} as never, () => {});
      const commands = program.commands.map((command) => command.name());

      expect(commands.filter((name) => !named.includes(name))).toEqual([]);
    },
  );

  test('has every code of a failure, with its exit code', () => {
    const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (\d+) \| (.+) \|$/gm)];

    expect(rows.map(([, code, exitCode, meaning]) => [code, Number(exitCode), meaning])).toEqual(
      Object.entries(FAILURES).map(([code, { exitCode, meaning }]) => [code, exitCode, meaning]),
    );
  });

  test('has every exit code', () => {
    const rows = [...text.matchAll(/^\| (\d+) \| /gm)].map(([, code]) => Number(code));

    expect(rows).toEqual(Object.values(EXIT));
  });
});
