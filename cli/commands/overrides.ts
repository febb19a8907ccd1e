import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import { configured, type DeploymentOptions, reachTable } from '#cli/deployment/find-deployment.ts';
import { describeLeft, groupsMeant } from '#cli/deployment/groups-meant.ts';
import { type Announce, perform, type Report } from '#cli/output/perform.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import { describeOverride, inForce } from '#domain/ledger/override.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate overrides`: lists the overrides that are in force, by whom, why and until when. */
export const overridesCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('overrides', [
    'tidegate overrides',
    'tidegate overrides --stage prod --json',
  ]).action((options) =>
    perform(terminal, finish)({ command: 'overrides', ...options }, (announce) =>
      show(options, terminal, announce),
    ),
  );

const show = async (
  options: DeploymentOptions,
  terminal: Terminal,
  announce: Announce,
): Promise<Report> => {
  const configuration = configured(options, terminal);
  const reached = await reachTable(options, terminal);
  announce(reached.place);

  const overrides = reached.account.overridesIn(reached.table);
  const meant =
    configuration.fleets === undefined
      ? { groups: configuration.groups, left: 0 }
      : await groupsMeant(await readsOf(reached, terminal), configuration, undefined);
  const held = await Promise.all(
    meant.groups.map(async ({ name }) => ({
      group: name,
      override: inForce(await overrides.read(name), terminal.now()),
    })),
  );
  const lines = held.map(
    ({ group, override }) =>
      `${group} is ${override === undefined ? 'under its rules' : describeOverride(override)}`,
  );
  return { text: lines.join('\n'), data: { groups: held }, talk: describeLeft(meant) };
};
