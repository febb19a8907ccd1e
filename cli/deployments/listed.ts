import { dirname, resolve } from 'node:path';
import type { Failure } from '#cli/output/failure.ts';
import { failureOf } from '#cli/output/failure-of.ts';
import type { Terminal } from '#cli/terminal.ts';
import type { Listed } from './read-deployments.ts';
import type { SeveralOptions } from './several-options.ts';

/** A deployment of the list. */
export type Listing = Listed['deployments'][number];

/** The options with which a command asks a deployment of the list: those of the command line, and its keys. */
export const optionsOfListed = <O extends SeveralOptions>(listing: Listing, options: O): O => {
  const { region, stage, service, profile, role, config, table } = listing;
  const history = resolve(dirname(config), options.history ?? 'history');
  return { ...options, region, stage, service, profile, role, config, table, history };
};

/** Variables that name one deployment say nothing of those of the list, and each is reached for itself. */
export const amongMany = (terminal: Terminal): Terminal => ({
  ...terminal,
  connect: (access) => terminal.connect({ ...access, isOneOfMany: true }),
  env: Object.fromEntries(
    Object.entries(terminal.env).filter(
      ([key]) => !/^TIDEGATE_(?:STAGE|SERVICE|TABLE|TOPIC|CONFIG)$/.test(key),
    ),
  ),
});

type Where = Readonly<{
  listing: Listing;
  /** The list, for messages. */
  file: string;
  terminal: Terminal;
}>;

/** The failure of one deployment of the list, with a way out in the words of the list. */
export const failureOfListed = (thrown: unknown, { listing, file, terminal }: Where): Failure => {
  const { name, profile } = listing;
  return inWordsOfTheList(failureOf(thrown, { ...terminal, profile }), `${name} in ${file}`);
};

/** The help speaks of options; in the list they are keys. */
const inWordsOfTheList = (found: Failure, where: string): Failure =>
  found.help !== undefined && /--(?:stage|service|region|profile|table|config)\b/.test(found.help)
    ? { ...found, help: `${found.help} (with --all these options are keys of ${where})` }
    : found;
