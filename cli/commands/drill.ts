import picocolors from 'picocolors';
import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import { configured, type DeploymentOptions } from '#cli/deployment/find-deployment.ts';
import { describeDrillReport } from '#cli/drill/describe-drill-report.ts';
import { alarmedRule, sendAlarm } from '#cli/drill/drill-alarm.ts';
import { channelNamed, sendToChannel } from '#cli/drill/drill-channel.ts';
import { sendDeadLetters } from '#cli/drill/drill-dead-letters.ts';
import { type DrillPlace, reachDrills, untilPassed } from '#cli/drill/drill-place.ts';
import { sendLooks } from '#cli/drill/drill-sweep.ts';
import { describeCeilings } from '#cli/drill/load/ceilings.ts';
import { USUAL_EXPECTATIONS } from '#cli/drill/load/expectations.ts';
import type { LoadOptions } from '#cli/drill/load/load-plan.ts';
import { SHAPES } from '#cli/drill/load/shapes.ts';
import type { DrillStep } from '#cli/drill/step.ts';
import { failure } from '#cli/output/failure.ts';
import { type Announce, perform, type Report } from '#cli/output/perform.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { EXIT } from '../exit-codes.ts';
import { type Finish, isColourful, type Terminal } from '../terminal.ts';

/**
 * `tidegate drill`: a marked message through the real path, decided in full and never carried out; and two drills that
 * touch what is real, a load on a target and the end of an instance, which must be wanted in so many words.
 */
export const drillCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('drill', [
    'tidegate drill alarm web cpu-high --stage prod',
    'tidegate drill channel ops --stage prod',
    'tidegate drill sweep --stage prod',
    'tidegate drill dead-letters --stage prod --within 300',
    'tidegate drill load --target https://test.example.com/ --group web --yes-this-is-mine',
    'tidegate drill failure web --stage test --yes-this-is-mine',
  ])
    .argument(
      '<what>',
      'alarm GROUP RULE, channel NAME, sweep, dead-letters, load, or failure GROUP',
    )
    .argument('[names...]', 'the group and the rule, the channel, or the group')
    .option(
      '--within <seconds>',
      'the seconds to wait for all hops (default: 120; of dead-letters 300), or for the group of failure to be whole (900)',
    )
    .option('--target <url>', 'with load: the address to load, http:// or https://')
    .option('--group <name>', 'with load: the group of tidegate.yml behind it')
    .option('--shape <name>', `with load: ${Object.keys(SHAPES).join(', ')}`)
    .option('--rate <number>', 'with load: requests a second at the top (default: 20)')
    .option('--for <duration>', 'with load: the duration, such as 90s or 20m (default: 10m)')
    .option('--after <duration>', 'with load: the time to watch afterwards (default: 2m)')
    .option(
      '--expect <condition...>',
      `with load: such as 'p95 < 800ms' 'capacity >= 6' (default: ${USUAL_EXPECTATIONS.join(', ')})`,
    )
    .option(
      '--instance <id>',
      'with failure: the instance to end (default: one of the zone with the most)',
    )
    .option(
      '--yes-this-is-mine',
      'with load and failure: confirms that the target is yours; without it nothing is sent or ended',
    )
    .addHelpText('after', HELP)
    .action((what, names, options) =>
      perform(terminal, finish)({ command: 'drill', ...options }, (announce) =>
        drill({ what, names }, options, { terminal, announce }),
      ),
    );

const HELP = `
Channels are told that it is a drill. It ends with 0 when each hop was passed, and with 1 otherwise.

Load and failure are real. Load what is yours alone, and end what may be lost.
${Object.entries(SHAPES)
  .map(([name, says]) => `  ${name.padEnd(9)}  ${says}`)
  .join('\n')}
${describeCeilings()}
It stops by itself at its end, at Ctrl-C, when most requests failed for a minute, and when the
group is paused.`;

type Wanted = Readonly<{ what: string; names: readonly string[] }>;
type Options = DeploymentOptions &
  LoadOptions &
  Readonly<{ within?: string | undefined; instance?: string | undefined }>;

const drill = async (
  wanted: Wanted,
  options: Options,
  { terminal, announce }: Readonly<{ terminal: Terminal; announce: Announce }>,
): Promise<Report> => {
  const within = secondsOf(wanted, options.within);
  checkOptions(wanted, options);
  // A mistake in a name needs no AWS to be told.
  check(wanted, configured(options, terminal));
  // The parts that only these two take are loaded for them alone.
  if (wanted.what === 'load') {
    return (await import('#cli/drill/load/run-load.ts')).runLoad(options, { terminal, announce });
  }
  if (wanted.what === 'failure') {
    const { runFailure } = await import('#cli/drill/failure/run-failure.ts');
    const [group = ''] = wanted.names;
    return runFailure({ group, within }, options, { terminal, announce });
  }
  const from = await reachDrills(options, terminal);
  announce(from.place);

  const { look, clear } = await send(wanted, from, terminal);
  const until = from.startedAt + within * SECOND_MS;
  const steps = await untilPassed(look, { until, terminal });
  const cleared = (await clear?.()) ?? [];
  return reportOf(from, [...steps, ...cleared], terminal);
};

type Steps = () => Promise<readonly DrillStep[]>;
type Look = Readonly<{ look: Steps; clear?: Steps }>;

const send = async (
  { what, names: [first = '', second = ''] }: Wanted,
  from: DrillPlace,
  terminal: Terminal,
): Promise<Look> => {
  switch (what) {
    case 'alarm':
      return { look: await sendAlarm(from, alarmedRule(from.configuration, first, second)) };
    case 'channel':
      return { look: await sendToChannel(from, channelNamed(from.configuration, first)) };
    case 'sweep':
      return { look: await sendLooks(from) };
    default:
      return sendDeadLetters(from, terminal);
  }
};

const check = ({ what, names }: Wanted, configuration: Configuration): void => {
  const expected = NAMES.get(what);
  if (expected === undefined) {
    throw failure(
      'usage',
      `found "${what}", expected alarm, channel, sweep, dead-letters, load or failure`,
      'see: tidegate drill --help',
    );
  }
  const [first = '', second = ''] = names;
  if (names.length !== expected.length) {
    throw failure(
      'usage',
      `drill ${what} takes ${expected.length === 0 ? 'no name' : expected.join(' and ')}, and ${names.length} were given`,
      `write: tidegate drill ${[what, ...expected].join(' ')}`,
    );
  }
  if (what === 'alarm') alarmedRule(configuration, first, second);
  if (what === 'channel') channelNamed(configuration, first);
};

const NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['alarm', ['GROUP', 'RULE']],
  ['channel', ['NAME']],
  ['sweep', []],
  ['dead-letters', []],
  ['load', []],
  ['failure', ['GROUP']],
]);

/** The options that only one kind of drill takes. */
const OF_LOAD = ['target', 'group', 'shape', 'rate', 'for', 'after', 'expect'] as const;
const OF_FAILURE = ['instance'] as const;

/** An option that would be left unheeded is told: somebody meant something by it. */
const checkOptions = ({ what }: Wanted, options: Options): void => {
  const isReal = what === 'load' || what === 'failure';
  const strays = [
    ...(what === 'load' ? [] : OF_LOAD),
    ...(what === 'failure' ? [] : OF_FAILURE),
  ].filter((name) => options[name] !== undefined);
  const [stray] = [
    ...strays,
    ...(!isReal && options.yesThisIsMine === true ? ['yes-this-is-mine'] : []),
    ...(what === 'load' && options.within !== undefined ? ['within'] : []),
  ];
  if (stray === undefined) return;
  throw failure('usage', `--${stray} does not go with drill ${what}`, 'see: tidegate drill --help');
};

const LONGEST_SECONDS = 3_600;

/** An alarm on dead letters takes minutes, and so does an instance that boots. */
const USUAL_SECONDS: ReadonlyMap<string, number> = new Map([
  ['dead-letters', 300],
  ['failure', 900],
]);

const secondsOf = ({ what }: Wanted, within: string | undefined): number => {
  if (within === undefined) return USUAL_SECONDS.get(what) ?? 120;
  const seconds = Number(within);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_SECONDS) return seconds;
  throw failure(
    'usage',
    `--within: found "${within}", expected whole seconds from 1 to ${LONGEST_SECONDS}`,
    'such as: --within 120',
  );
};

const reportOf = (
  { id, startedAt }: DrillPlace,
  steps: readonly DrillStep[],
  terminal: Terminal,
): Report => ({
  text: `${id}\n${describeDrillReport(steps, picocolors.createColors(isColourful(terminal)))}`,
  data: { drill: id, startedAt, steps },
  exitCode: steps.every(({ isPassed }) => isPassed) ? EXIT.ok : EXIT.invalid,
});
