import { describeOverride, inForce } from '../../shared/domain/override.ts';
import { deploymentCommand } from '../override/deployment-command.ts';
import { failed, overtaken } from '../override/failure.ts';
import {
  configured,
  type DeploymentOptions,
  groupNamed,
  reachOverrides,
} from '../override/reach.ts';
import { EXIT, type Finish, type Terminal } from '../terminal.ts';

/** `tidegate resume GROUP`: its rules decide again. */
export const resumeCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('resume', 'end what holds a group before its time: its rules decide again')
    .argument('<group>', 'a group of tidegate.yml')
    .option('--reason <text>', 'why')
    .option('--by <name>', 'who says so (default: the name of the user)')
    .addHelpText('before', 'Example:\n  $ tidegate resume web --reason "the sale is over"\n')
    .action(async (group, options) => finish(await resume(group, options, terminal)));

type Options = DeploymentOptions &
  Readonly<{ reason?: string | undefined; by?: string | undefined }>;

const resume = async (name: string, options: Options, terminal: Terminal): Promise<number> => {
  const { stdout, stderr } = terminal;
  const configuration = configured(options, terminal);
  const group = configuration.ok ? groupNamed(configuration.value, name) : configuration;
  if (!group.ok) {
    stderr.write(`tidegate: ${group.problem}\n`);
    return EXIT.invalid;
  }

  try {
    const overrides = await reachOverrides(options, terminal);
    const current = inForce(await overrides.read(name), terminal.now());
    if (current === undefined) {
      stdout.write(`${name} is under its rules already: nothing holds it\n`);
      return EXIT.ok;
    }
    const ended = { by: options.by ?? terminal.user, at: terminal.now(), ...reasonIn(options) };
    if (!(await overrides.write(name, { ...current, ended }, current))) {
      return overtaken(terminal);
    }
    stdout.write(`${name} is under its rules again; it was ${describeOverride(current)}\n`);
    return EXIT.ok;
  } catch (thrown) {
    return failed(thrown, terminal);
  }
};

const reasonIn = ({ reason }: Options): { reason?: string } =>
  reason === undefined ? {} : { reason };
