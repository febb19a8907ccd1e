import { expect, test } from '@jest/globals';
import { wholeProgram } from '#cli/main.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { commandOf, REMEDIES, type Remedy } from '#domain/ledger/remedies.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const WHERE = { service: 'tidegate', stage: 'prod', region: 'eu-west-1', account: '123456789012' };
const ABOUT = { group: 'web', autoScalingGroup: 'web-prod' };

/** The options of a command of ours that the command line does not know. */
const unknownIn = async (command: string): Promise<readonly string[]> => {
  const [, , name = '', ...words] = command.split(' ');
  const program = await wholeProgram({} as never, () => {});
  const found = program.commands.find((each) => each.name() === name);
  if (found === undefined) return [name];
  const known = found.options.map(({ long }) => long);
  return words.filter((word) => word.startsWith('--') && !known.includes(word));
};

test.each(Object.entries<Remedy>(REMEDIES).map(([reason, remedy]) => ({ reason, remedy })))(
  'the command of $reason is one that the command line takes',
  async ({ reason, remedy }) => {
    const { fields } = describeNews(
      anOutcome({ kind: 'blocked', reason: reason as Reason }),
      WHERE,
    );
    const commands = [commandOf(remedy, ABOUT, WHERE), ...fields.map(({ value }) => value)];
    const ours = commands.flatMap((command) =>
      command?.startsWith('npx tidegate ') ? command : [],
    );

    expect(await Promise.all(ours.map(unknownIn))).toEqual(ours.map(() => []));
  },
);
