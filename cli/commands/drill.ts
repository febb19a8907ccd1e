import picocolors from 'picocolors';
import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import { configured, type DeploymentOptions } from '#cli/deployment/find-deployment.ts';
import { describeDrillReport } from '#cli/drill/describe-drill-report.ts';
import { alarmedRule, sendAlarm } from '#cli/drill/drill-alarm.ts';
import { channelNamed, sendToChannel } from '#cli/drill/drill-channel.ts';
import { sendDeadLetters } from '#cli/drill/drill-dead-letters.ts';
import { type DrillPlace, reachDrills, untilPassed } from '#cli/drill/drill-place.ts';
import { sendLooks } from '#cli/drill/drill-sweep.ts';
import type { DrillStep } from '#cli/drill/step.ts';
import { failure } from '#cli/output/failure.ts';
import { type Announce, perform, type Report } from '#cli/output/perform.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { EXIT } from '../exit-codes.ts';
import { type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate drill`: a marked message through the real path, decided in full and never carried out. */
export const drillCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('drill', [
    'tidegate drill alarm web cpu-high --stage prod',
    'tidegate drill channel ops --stage prod',
    'tidegate drill sweep --stage prod',
    'tidegate drill dead-letters --stage prod --within 300',
  ])
    .argument('<what>', 'alarm GROUP RULE, channel NAME, sweep, or dead-letters')
    .argument('[names...]', 'the group and the rule, or the channel')
    .option(
      '--within <seconds>',
      'how long to wait for all hops (default: 120; of dead-letters 300)',
    )
    .addHelpText(
      'after',
      '\nChannels are told that it is a drill. It ends with 0 when each hop was passed, and with 1 otherwise.',
    )
    .action((what, names, options) =>
      perform(terminal, finish)({ command: 'drill', ...options }, (announce) =>
        drill({ what, names }, options, { terminal, announce }),
      ),
    );

type Wanted = Readonly<{ what: string; names: readonly string[] }>;
type Options = DeploymentOptions & Readonly<{ within?: string | undefined }>;

const drill = async (
  wanted: Wanted,
  options: Options,
  { terminal, announce }: Readonly<{ terminal: Terminal; announce: Announce }>,
): Promise<Report> => {
  const within = secondsOf(wanted, options.within);
  // A mistake in a name needs no AWS to be told.
  check(wanted, configured(options, terminal));
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
      `found "${what}", expected alarm, channel, sweep or dead-letters`,
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
]);

const LONGEST_SECONDS = 3_600;

const secondsOf = ({ what }: Wanted, within: string | undefined): number => {
  if (within === undefined) return what === 'dead-letters' ? 300 : 120;
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
