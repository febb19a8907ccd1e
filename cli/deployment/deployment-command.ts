import { newCommand } from '../new-command.ts';

/** A command about what is deployed: which file names the groups, and which stage of what is meant. */
export const deploymentCommand = (name: string, examples: readonly string[] = []) =>
  newCommand(name, examples)
    .option(
      '--stage <name>',
      'the stage that you deployed (env: TIDEGATE_STAGE; default: the only one)',
    )
    .option(
      '--service <name>',
      'the service in serverless.yml (env: TIDEGATE_SERVICE; default: tidegate)',
    )
    .option('--region <name>', 'the AWS Region (env: AWS_REGION; default: that of the profile)')
    .option('--profile <name>', 'the AWS profile (env: AWS_PROFILE)')
    .option(
      '--table <name>',
      'the DynamoDB table (env: TIDEGATE_TABLE; default: the one of the stack)',
    );
