import { InvalidArgumentError } from '@commander-js/extra-typings';
import { deploymentCommand } from '../override/deployment-command.ts';
import { set } from '../override/set.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate pause GROUP`: Tidegate changes nothing about it for a while. */
export const pauseCommand = (terminal: Terminal, finish: Finish) =>
  setting('pause', 'let Tidegate change nothing about a group for a while')
    .argument('<group>', 'a group of tidegate.yml')
    .action(async (group, options) =>
      finish(await set({ kind: 'pause', group }, options, terminal)),
    );

/** `tidegate pin GROUP CAPACITY`: exactly this capacity for a while. */
export const pinCommand = (terminal: Terminal, finish: Finish) =>
  setting('pin', 'keep a group at exactly this capacity for a while')
    .argument('<group>', 'a group of tidegate.yml')
    .argument('<capacity>', 'units of capacity', capacityIn)
    .action(async (group, capacity, options) =>
      finish(await set({ kind: 'pin', group, capacity }, options, terminal)),
    );

/** `tidegate cap GROUP CAPACITY`: no more than this capacity for a while. */
export const capCommand = (terminal: Terminal, finish: Finish) =>
  setting('cap', 'keep a group at no more than this capacity for a while')
    .argument('<group>', 'a group of tidegate.yml')
    .argument('<capacity>', 'units of capacity', capacityIn)
    .action(async (group, capacity, options) =>
      finish(await set({ kind: 'cap', group, capacity }, options, terminal)),
    );

const setting = (name: 'pause' | 'pin' | 'cap', description: string) =>
  deploymentCommand(name, description)
    .requiredOption('--reason <text>', 'why, for everybody who will ask')
    .option('--for <duration>', 'how long, such as 90m or 2h')
    .option('--until <time>', 'until when, such as 2026-03-02T18:00:00Z')
    .option('--by <name>', 'who says so (default: the name of the user)')
    .addHelpText('before', EXAMPLES[name]);

const EXAMPLES = {
  pause: 'Example:\n  $ tidegate pause web --for 2h --reason "moving the database"\n',
  pin: 'Example:\n  $ tidegate pin web 12 --until 2026-11-27T23:00:00Z --reason "sale"\n',
  cap: 'Example:\n  $ tidegate cap web 8 --for 1d --reason "the database takes no more"\n',
};

const capacityIn = (text: string): number => {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number of units, such as 12');
};
