import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { examine } from '#aws/doctor/examine.ts';
import type { DoctorFinding } from '#domain/doctor/finding.ts';
import { runChecks } from '#domain/doctor/run-checks.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { lintTemplateIn } from '#test/e2e/harness/cfn-lint.ts';
import { REGION } from '#test/e2e/harness/clients.ts';
import { deployerEnvironment, STACK } from '#test/e2e/harness/deploy.ts';
import { runCommand } from '#test/e2e/harness/run-command.ts';
import type { System } from '#test/e2e/harness/system.ts';
import { logFile, WORK_DIRECTORY } from '#test/e2e/harness/work-directory.ts';

const STAGE = 'e2e';
export const FLEET_STACK = `tidegate-fleet-${STAGE}`;

const serverless = (endpoint: string, ...args: readonly string[]): Promise<void> =>
  runCommand({
    file: 'npx',
    args: ['serverless', ...args, '--stage', STAGE, '--region', REGION],
    cwd: resolve('fleet'),
    log: logFile('fleet'),
    timeoutMs: 120_000,
    env: deployerEnvironment(endpoint),
  });

/** Packages the reference fleet and lets cfn-lint, which comes with moto, read its template. */
export const lintTemplate = async ({ motoEndpoint }: System): Promise<void> => {
  const folder = join(WORK_DIRECTORY, 'fleet');
  await serverless(motoEndpoint, 'package', '--package', folder);
  await lintTemplateIn(folder, 'fleet');
};

export const deployFleet = ({ motoEndpoint }: System): Promise<void> =>
  serverless(motoEndpoint, 'deploy', '--package', join(WORK_DIRECTORY, 'fleet'));

/** The ids that AWS gave to the load balancer and the target groups: `app/NAME/ID`, `targetgroup/NAME/ID`. */
const fullNames = async ({ clients }: System): Promise<readonly string[]> => {
  const { LoadBalancers = [] } = await clients.elb.send(new DescribeLoadBalancersCommand({}));
  const { TargetGroups = [] } = await clients.elb.send(new DescribeTargetGroupsCommand({}));
  const arns = [
    ...LoadBalancers.map(({ LoadBalancerArn = '' }) => LoadBalancerArn),
    ...TargetGroups.map(({ TargetGroupArn = '' }) => TargetGroupArn),
  ];
  return arns.map((arn) => (arn.split(':').at(-1) ?? '').replace(/^loadbalancer\//, ''));
};

/** The `tidegate.yml` of the fleet, with the ids of this deployment in place of its placeholders. */
const configurationOf = async (system: System) => {
  const file = 'fleet/tidegate.yml';
  const names = await fullNames(system);
  const text = readFileSync(file, 'utf8')
    .replaceAll('tidegate-fleet-dev', FLEET_STACK)
    .replaceAll(
      /((?:app|targetgroup)\/[\w-]+\/)\d{16}/g,
      (placeholder, beginning: string) =>
        names.find((name) => name.startsWith(beginning)) ?? placeholder,
    );
  const parsed = parseConfiguration(text, { file, prefix: FLEET_STACK });
  if (!parsed.ok) throw new Error(`${file} has mistakes`);
  return parsed.value;
};

/** The doctor's findings about one group of the fleet; its alarms are those of a deployment that is not made here. */
export const examineFleet = async (
  system: System,
  name: string,
): Promise<readonly DoctorFinding[]> => {
  const configuration = await configurationOf(system);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: system.proxy.endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const checkup = await examine({
    // The fleet is handed over to the deployment of its stage.
    stack: STACK,
    topicArn: system.topicArn,
    configuration,
    groups: configuration.groups.filter((group) => group.name === name),
    now: Date.now(),
  });
  const [, report] = runChecks(checkup);
  return (report?.findings ?? []).filter(({ code }) => !code.startsWith('alarm-'));
};
