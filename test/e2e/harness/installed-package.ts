import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import { REGION } from './clients.ts';
import { deployerEnvironment } from './deploy.ts';
import { readFunctions, takeOverMappings } from './deployed-functions.ts';
import type { Stops } from './deployment.ts';
import { fillGaps } from './fill-gaps.ts';
import { startLambda } from './lambda.ts';
import { startPoller } from './poller.ts';
import { preparePython } from './python-environment.ts';
import { query, textsOf } from './raw-call.ts';
import { runCommand } from './run-command.ts';
import { readStack } from './stack.ts';
import type { System } from './system.ts';
import { logFile } from './work-directory.ts';

/** The stage that is deployed from the folder, beside that of the repository. */
export const STRANGER = 'stranger';
const STACK = `tidegate-${STRANGER}`;
const GROUP = 'web-prod';

/** A folder outside the repository that installs the package, and what is deployed from it. */
export const installedPackage = async ({ clients, motoEndpoint, proxy, alarms }: System) => {
  const folder = await mkdtemp(join(tmpdir(), 'tidegate-stranger-'));
  const stops: Stops = [];
  const env = { ...deployerEnvironment(motoEndpoint), AWS_REGION: REGION };
  const run = (file: string, args: readonly string[], cwd = folder): Promise<void> =>
    runCommand({ file, args, cwd, env, log: logFile('stranger'), timeoutMs: 120_000 });

  return {
    folder,
    /** Runs a command of the package as a person does. */
    npx: (...args: readonly string[]) => run('npx', args),
    install: async (): Promise<string> => {
      await run('npm', ['pack', '--silent', '--pack-destination', folder], process.cwd());
      const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '';
      await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`]);
      return tarball;
    },
    /**
     * Lets `init` read groups of the account of the run, in a folder within, and checks what it wrote. They are few
     * because moto answers slowly: a second for 14 days of one group.
     */
    initFromAccount: async (groups: readonly string[]): Promise<string> => {
      const within = join(folder, 'account');
      await mkdir(within);
      const picked = groups.flatMap((group) => ['--asg', group]);
      await run('npx', ['tidegate', 'init', '--yes', ...picked], within);
      await run('npx', ['tidegate', 'validate'], within);
      await run('npx', ['tidegate', 'lint'], within);
      return readFile(join(within, 'tidegate.yml'), 'utf8');
    },
    /** The version that the stack is tagged with. */
    versionTag: async (): Promise<string | undefined> => {
      const xml = await query(
        motoEndpoint,
        { service: 'cloudformation', version: '2010-05-15' },
        { Action: 'DescribeStacks', StackName: STACK },
      );
      const tags = textsOf(xml, 'member').filter((each) => each.includes('tidegate:version'));
      return textsOf(tags.at(-1) ?? '', 'Value').at(-1);
    },
    createGroup: () =>
      clients.autoScaling.send(
        new CreateAutoScalingGroupCommand({
          AutoScalingGroupName: GROUP,
          LaunchTemplate: { LaunchTemplateName: 'e2e', Version: '$Latest' },
          MinSize: 3,
          MaxSize: 24,
          DesiredCapacity: 4,
          AvailabilityZones: [`${REGION}a`],
          Tags: [{ Key: 'tidegate:managed', Value: STACK, PropagateAtLaunch: false }],
        }),
      ),
    desired: async (): Promise<number | undefined> => {
      const { AutoScalingGroups } = await clients.autoScaling.send(
        new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [GROUP] }),
      );
      return AutoScalingGroups?.[0]?.DesiredCapacity;
    },
    raise: (rule: string) => alarms.raise(`${STACK}-web-${rule}`),
    /** Puts the deployed scale function to work on its queue. */
    start: async (): Promise<void> => {
      const stack = await readStack(motoEndpoint, STACK);
      await fillGaps(clients, stack);
      const mappings = await takeOverMappings(motoEndpoint);
      const deployed = await readFunctions(motoEndpoint, stack, await preparePython());
      const scale = deployed.find(({ name }) => name === 'scale');
      const mapping = mappings.find(({ queueArn }) => queueArn.endsWith(`:${STACK}-scale`));
      if (scale === undefined || mapping === undefined) throw new Error('no scale was deployed');
      const lambda = startLambda(scale, proxy.endpoint);
      stops.unshift(lambda.stop);
      stops.unshift(startPoller({ sqs: clients.sqs, mapping, lambda }).stop);
    },
    remove: async (): Promise<void> => {
      for (const stop of stops.splice(0)) await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
