import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { same } from '#test/e2e/harness/probe.ts';
import { tidegateAt } from '#test/e2e/harness/tidegate-command.ts';
import { WORK_DIRECTORY } from '#test/e2e/harness/work-directory.ts';
import type { Scenario } from './scenario.ts';

const GROUP = 'web-recorded';
const LOAD_BALANCER = 'app/recorded/50dc6c495c0c9188';
const TARGET_GROUP = 'targetgroup/recorded/73e2d6bc24d8a067';
/** Two hours and a little. */
const MINUTES = 140;
/** The group to tune has five days in periods of five minutes, as CloudWatch keeps them beyond 15 days. */
const TUNED = 'targetgroup/tuned/943f017f100becff';
const DAYS = 5;
const INSTANCES = 4;

/** Requests a second: up and down within an hour. */
const load = (minute: number): number => 100 + 80 * Math.sin((2 * Math.PI * minute) / 60);

const FILE = `version: 1
groups:
  recorded:
    autoScalingGroup: ${GROUP}
    capacity: { min: 2, max: 12 }
    metrics:
      requests: { preset: alb-requests, loadBalancer: ${LOAD_BALANCER}, targetGroup: ${TARGET_GROUP} }
    rules:
      load: { track: requests, target: 60rps per unit, onMissing: ignore }
      ahead: { forecast: requests, perInstance: auto, mode: shadow }
`;

const FILE_TO_TUNE = `version: 1
groups:
  tuned:
    autoScalingGroup: web-tuned
    capacity: { min: 1, max: 12 }
    metrics:
      requests: { preset: alb-requests, loadBalancer: ${LOAD_BALANCER}, targetGroup: ${TUNED} }
    rules:
      load: { track: requests, target: 30rps per unit }
`;

type Minutes = Readonly<{
  name: `AWS/${string} ${string}`;
  dimensions: Readonly<Record<string, string>>;
  value: (minute: number) => number;
  /** Between two values. */
  step?: number;
  count?: number;
}>;

/** The SDK compresses larger requests, which moto does not read. */
const MOST_AT_ONCE = 20;

/** Puts minutes of a metric into CloudWatch, the newest of them three minutes old. */
const put = async (
  cloudWatch: CloudWatchClient,
  { name, dimensions, value, step = 1, count = MINUTES }: Minutes,
): Promise<void> => {
  const [Namespace, MetricName] = name.split(' ') as [string, string];
  const newest = Math.floor(Date.now() / 60_000) - 3;
  const all = Array.from({ length: count }, (_, index) => ({
    MetricName,
    Value: value(newest - step * index),
    Timestamp: new Date((newest - step * index) * 60_000),
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  }));
  for (let from = 0; from < all.length; from += MOST_AT_ONCE) {
    const MetricData = all.slice(from, from + MOST_AT_ONCE);
    await cloudWatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
  }
};

const putHistory = async (cloudWatch: CloudWatchClient): Promise<void> => {
  const ofGroup = { AutoScalingGroupName: GROUP };
  await put(cloudWatch, {
    name: 'AWS/ApplicationELB RequestCount',
    dimensions: { LoadBalancer: LOAD_BALANCER, TargetGroup: TARGET_GROUP },
    value: (minute) => 60 * load(minute),
  });
  await put(cloudWatch, {
    name: 'AWS/EC2 CPUUtilization',
    dimensions: ofGroup,
    value: (minute) => 4 + load(minute) / INSTANCES,
  });
  await put(cloudWatch, {
    name: 'AWS/AutoScaling GroupInServiceInstances',
    dimensions: ofGroup,
    value: () => INSTANCES,
  });
  await put(cloudWatch, {
    name: 'AWS/ApplicationELB RequestCount',
    dimensions: { LoadBalancer: LOAD_BALANCER, TargetGroup: TUNED },
    value: (minute) => 300 * load(minute / 24),
    step: 5,
    count: (DAYS * 24 * 60) / 5,
  });
};

/** The way from CloudWatch to a comparison, and to what a forecast is to know. */
const record: Scenario = {
  name: 'a history from CloudWatch',
  run: async ({ clients, proxy }, _probe, check) => {
    const tidegate = tidegateAt(proxy.endpoint);
    const file = join(WORK_DIRECTORY, 'recorded.yml');
    const folder = join(WORK_DIRECTORY, 'recorded');
    await writeFile(file, FILE);
    await putHistory(clients.cloudWatch);
    const here = ['--config', file, '--json'] as const;

    await check('npx tidegate record fetches it into a folder', async () => {
      const said = await tidegate('record', '--since', '2h', '--out', folder, ...here);
      const { groups, calls } = JSON.parse(said);
      same([groups[0].series.requests, groups[0].series.inService], [120, 120]);
      return `${calls} calls`;
    });
    await check('the same command again asks only for what is new', async () => {
      const said = await tidegate('record', '--since', '2h', '--out', folder, ...here);
      const { groups, calls } = JSON.parse(said);
      if (calls > 1) throw new Error(said);
      if (groups[0].series.requests < 120) throw new Error(said);
    });
    const settings = ['--seeds', '1', '--boot', '2m', '--against', 'static'] as const;
    await check('npx tidegate backtest runs the rules over it', async () => {
      const said = JSON.parse(
        await tidegate('backtest', '--history', folder, ...settings, ...here),
      );
      same(Math.round(said.instances.carried), 76);
      same(said.policies[0].kind, 'rules');
      return `${said.policies[0].overOptimum.toFixed(2)} of the optimum`;
    });
    await check('without a folder it fetches the history itself, and keeps none', async () => {
      const said = JSON.parse(await tidegate('backtest', '--since', '2h', ...settings, ...here));
      same(Math.round(said.instances.carried), 76);
      if (existsSync(resolve('history'))) throw new Error('there is a folder history now');
    });
    await check('npx tidegate learn writes what an instance carries', async () => {
      await tidegate('learn', '--history', folder, '--write', ...here);
      const text = await readFile(file, 'utf8');
      const found = /learned: \{ perInstance: 76(?:\.\d)?rps, on: \d{4}-\d\d-\d\d \}/.exec(
        text,
      )?.[0];
      if (found === undefined) throw new Error(text);
      return found;
    });
    await check('npx tidegate tune tries settings on days from CloudWatch', async () => {
      const toTune = join(WORK_DIRECTORY, 'to-tune.yml');
      await writeFile(toTune, FILE_TO_TUNE);
      const said = JSON.parse(
        await tidegate(
          ...['tune', '--since', '16d', '--per-instance', '76rps', '--boot', '2m'],
          ...['--violated', '1%', '--budget', '8', '--config', toTune, '--json'],
        ),
      );
      same([said.tried, said.isBetter, said.changes.length], [8, true, 1]);
      return `${said.changes[0].path}: ${said.changes[0].to}, on ${said.days} days`;
    });
  },
};

export const history: readonly Scenario[] = [record];
