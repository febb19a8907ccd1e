import { deploymentCommand } from '#cli/deployment/deployment-command.ts';

/** A command about what is deployed, which can also ask all deployments of a list. */
export const severalDeploymentsCommand = (name: string, examples: readonly string[]) =>
  deploymentCommand(name, examples)
    .option('--all', 'ask each deployment that deployments.yml lists')
    .option(
      '--deployments <file>',
      'the list for --all (default: the deployments.yml here or in a directory above)',
    );
