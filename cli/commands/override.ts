import { InvalidArgumentError } from '@commander-js/extra-typings';
import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import { perform } from '#cli/output/perform.ts';
import { set } from '#cli/override/set.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate pause GROUP`: stops scaling and healing of a group for a while. */
export const pauseCommand = (terminal: Terminal, finish: Finish) =>
  setting('pause')
    .argument('<group>', 'a group of tidegate.yml')
    .action((group, options) =>
      perform(terminal, finish)({ command: 'pause', ...options }, (announce) =>
        set({ kind: 'pause', group }, options, { terminal, announce }),
      ),
    );

/** `tidegate pin GROUP CAPACITY`: keeps a group at exactly this capacity for a while. */
export const pinCommand = (terminal: Terminal, finish: Finish) =>
  setting('pin')
    .argument('<group>', 'a group of tidegate.yml')
    .argument('<capacity>', 'units of capacity', capacityIn)
    .action((group, capacity, options) =>
      perform(terminal, finish)({ command: 'pin', ...options }, (announce) =>
        set({ kind: 'pin', group, capacity }, options, { terminal, announce }),
      ),
    );

/** `tidegate cap GROUP CAPACITY`: keeps a group at no more than this capacity for a while. */
export const capCommand = (terminal: Terminal, finish: Finish) =>
  setting('cap')
    .argument('<group>', 'a group of tidegate.yml')
    .argument('<capacity>', 'units of capacity', capacityIn)
    .action((group, capacity, options) =>
      perform(terminal, finish)({ command: 'cap', ...options }, (announce) =>
        set({ kind: 'cap', group, capacity }, options, { terminal, announce }),
      ),
    );

const setting = (name: 'pause' | 'pin' | 'cap') =>
  deploymentCommand(name, EXAMPLES[name])
    .requiredOption('--reason <text>', 'why; everybody can read it')
    .option('--for <duration>', 'the duration, such as 90m or 2h')
    .option('--until <time>', 'the end, such as 2026-03-02T18:00:00Z; instead of --for')
    .option('--by <name>', 'your name (default: the name of the user on this machine)');

const EXAMPLES = {
  pause: ['tidegate pause web --stage prod --for 2h --reason "moving the database"'],
  pin: ['tidegate pin web 12 --stage prod --until 2026-11-27T23:00:00Z --reason "sale"'],
  cap: ['tidegate cap web 8 --stage prod --for 1d --reason "the database takes no more"'],
};

const capacityIn = (text: string): number => {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number of units, such as 12');
};
