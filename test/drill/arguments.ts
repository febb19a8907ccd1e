import { parseArgs } from 'node:util';
import { PARTS } from './cloud/configuration.ts';
import { DRILLS } from './drills/all-drills.ts';
import { type Drill, secondsOf } from './drills/drill.ts';

export type Wanted =
  | Readonly<{ kind: 'run'; drills: readonly Drill[]; without: readonly string[] }>
  | Readonly<{ kind: 'help' }>
  | Readonly<{ kind: 'wrong'; problem: string }>;

/** Reads the command line: names of drills, all when there are none, and parts of the file to leave out. */
export const wantedIn = (args: readonly string[]): Wanted => {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (thrown) {
    return { kind: 'wrong', problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  const { positionals, values } = parsed;
  if (values.help === true) return { kind: 'help' };

  const names = DRILLS.map(({ name }) => name);
  const without = values.without ?? [];
  const unknown = positionals.find((each) => !names.includes(each));
  if (unknown !== undefined) {
    return {
      kind: 'wrong',
      problem: `no drill is named "${unknown}"; expected ${names.join(', ')}`,
    };
  }
  const noPart = without.find((each) => !PARTS.includes(each));
  if (noPart !== undefined) {
    return {
      kind: 'wrong',
      problem: `nothing named "${noPart}" can be left out; expected ${PARTS.join(', ')}`,
    };
  }
  const drills = DRILLS.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
  return { kind: 'run', drills, without };
};

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' }, without: { type: 'string', multiple: true } },
  });

/** The text of --help. */
export const help = (): string =>
  [
    'npm run drill [NAME…] [-- --without PART]',
    '',
    'Runs load and failure drills against a living fleet on this machine: the application of fleet/ as processes, behind a',
    'load balancer, under the deployed functions of Tidegate. Nothing leaves the loopback interface.',
    '',
    'Drills:',
    ...DRILLS.map(
      (drill) =>
        `  ${drill.name.padEnd(10)} ${String(secondsOf(drill)).padStart(4)} s  ${drill.says}`,
    ),
    '',
    'Options:',
    `  --without PART  leaves a part of test/drill/tidegate.yml out, to see what misses it: ${PARTS.join(', ')}`,
    '  -h, --help      prints this',
    '',
    'Ends with 0 when everything was as expected, with 1 when something was not, with 2 when it was called wrongly.',
    'The report is .tidegate/drill/report.html.',
  ].join('\n');
