import { describeOverride, inForce } from '../../shared/domain/override.ts';
import { deploymentCommand } from '../override/deployment-command.ts';
import { failed } from '../override/failure.ts';
import { configured, type DeploymentOptions, reachOverrides } from '../override/reach.ts';
import { EXIT, type Finish, type Terminal } from '../terminal.ts';

/** `tidegate overrides`: which groups a person holds, who, why and until when. */
export const overridesCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand(
    'overrides',
    'show which groups are paused, pinned or capped, by whom and until when',
  )
    .option('--json', 'print one JSON object instead of text')
    .action(async (options) => finish(await show(options, terminal)));

type Options = DeploymentOptions & Readonly<{ json?: true | undefined }>;

const show = async (options: Options, terminal: Terminal): Promise<number> => {
  const { stdout, stderr, now } = terminal;
  const configuration = configured(options, terminal);
  if (!configuration.ok) {
    stderr.write(`tidegate: ${configuration.problem}\n`);
    return EXIT.invalid;
  }

  try {
    const overrides = await reachOverrides(options, terminal);
    const held = await Promise.all(
      configuration.value.groups.map(async ({ name }) => ({
        group: name,
        override: inForce(await overrides.read(name), now()),
      })),
    );
    const lines = held.map(
      ({ group, override }) =>
        `${group} is ${override === undefined ? 'under its rules' : describeOverride(override)}`,
    );
    const json = JSON.stringify({ schemaVersion: 1, groups: held }, null, 2);
    stdout.write(`${options.json ? json : lines.join('\n')}\n`);
    return EXIT.ok;
  } catch (thrown) {
    return failed(thrown, terminal);
  }
};
