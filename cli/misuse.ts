import type { CommanderError } from '@commander-js/extra-typings';
import { nearest } from '#parse/configuration/nearest.ts';
import { COMMANDS } from './command-table.ts';
import type { Failure } from './output/failure.ts';

/** Turns a mistake that commander found in the command line into a failure with a way out. */
export const misuse = ({ code, message }: CommanderError, command: string | null): Failure => {
  const said = message.replace(/^error: /, '').replace(/\n\(?(Did you mean .*?)\)?$/s, '; $1');
  if (code === 'commander.help') {
    return { code: 'usage', message: 'no command was given', help: 'the help is above' };
  }
  if (code !== 'commander.unknownCommand') {
    return { code: 'usage', message: said, help: `see: tidegate ${command ?? ''} --help` };
  }
  const word = /'(.*)'/.exec(said)?.[1] ?? '';
  const reading = COMMANDS.flatMap(({ commands }) => commands)
    .filter(({ writes }) => !writes)
    .map(({ name }) => name);
  const meant = nearest(word, reading);
  return {
    code: 'unknown-name',
    message: said,
    help: `${meant === undefined ? '' : `did you mean "${meant}"? `}tidegate --help lists the commands`,
  };
};
