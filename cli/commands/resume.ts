import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import {
  configured,
  type DeploymentOptions,
  reachOverrides,
} from '#cli/deployment/find-deployment.ts';
import { groupOrMember } from '#cli/deployment/groups-meant.ts';
import { type Announce, perform, type Report } from '#cli/output/perform.ts';
import { textIn } from '#console/override/override-of.ts';
import { endOverride } from '#console/override/write-override.ts';
import { describeOverride } from '#domain/ledger/override.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate resume GROUP`: ends an override, so that the rules decide again. */
export const resumeCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('resume', ['tidegate resume web --stage prod --reason "the sale is over"'])
    .argument('<group>', 'a group of tidegate.yml')
    .option('--reason <text>', 'the reason, which everybody can read')
    .option('--by <name>', 'your name (default: the name of the user on this machine)')
    .action((group, options) =>
      perform(terminal, finish)({ command: 'resume', ...options }, (announce) =>
        resume(group, options, { terminal, announce }),
      ),
    );

type Options = DeploymentOptions &
  Readonly<{ reason?: string | undefined; by?: string | undefined }>;

const resume = async (
  name: string,
  options: Options,
  { terminal, announce }: Readonly<{ terminal: Terminal; announce: Announce }>,
): Promise<Report> => {
  const reason = options.reason === undefined ? {} : { reason: textIn('--reason', options.reason) };
  const by = options.by === undefined ? terminal.user : textIn('--by', options.by);
  groupOrMember(configured(options, terminal), name);
  const { overrides, place } = await reachOverrides(options, terminal);
  announce(place);

  const found = await endOverride(overrides, name, { by, at: terminal.now(), ...reason });
  if (found === undefined) {
    return {
      text: `${name} is under its rules already: nothing holds it`,
      data: { group: name, ended: null },
    };
  }
  const { before, ended } = found;
  return {
    text: `${name} is under its rules again; it was ${describeOverride(before)}`,
    data: { group: name, ended },
  };
};
