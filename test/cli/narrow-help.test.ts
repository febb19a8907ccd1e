import { expect, test } from '@jest/globals';
import { wholeProgram } from '#cli/main.ts';

test('what options mean is wrapped on a terminal of 60 columns', async () => {
  const program = await wholeProgram({} as never, () => {});
  for (const command of [program, ...program.commands]) {
    const help = command.configureOutput({ getOutHelpWidth: () => 60 }).helpInformation();
    const described = help.split('\n').filter((line) => /^ {2,}-.* {2}\S/.test(line));

    expect(described.filter((line) => line.length > 60)).toEqual([]);
  }
});
