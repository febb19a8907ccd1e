import { Command } from '@commander-js/extra-typings';

/** A command about what is deployed: which file names the groups, and which table is the ledger. */
export const deploymentCommand = (name: string, description: string) =>
  new Command(name)
    .description(description)
    .option('--config <file>', 'the tidegate.yml that names the groups')
    .option('--service <name>', 'the service in serverless.yml', 'tidegate')
    .option('--stage <name>', 'the stage that you deployed', 'dev')
    .option('--table <name>', 'the ledger (env: TIDEGATE_TABLE; default: found by the stack)');
