import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { same } from '#test/e2e/harness/probe.ts';
import type { System } from '#test/e2e/harness/system.ts';
import { autoScalingGroupOf, type FleetName } from '../fleets.ts';
import type { Scenario } from './scenario.ts';

/** Puts a value that a metric had a minute and a half ago. */
const put = async ({ clients }: System, fleet: FleetName, cpu: number): Promise<void> => {
  await clients.cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: 'AWS/EC2',
      MetricData: [
        {
          MetricName: 'CPUUtilization',
          Value: cpu,
          Timestamp: new Date(Date.now() - 90_000),
          Dimensions: [{ Name: 'AutoScalingGroupName', Value: autoScalingGroupOf(fleet) }],
        },
      ],
    }),
  );
};

const metrics: Scenario = {
  name: 'rules that read metrics',
  run: async (system, { capacity, desired, entry, handled, sweep }, check) => {
    await check('without data a rule that tracks moves nothing', async () => {
      await sweep();
      await handled('scale', '"group":"tracking"');
      same(await desired('tracking'), 2);
    });
    await check('the sweep has metrics read, and a rule that tracks grows by them', async () => {
      await put(system, 'tracking', 120);
      await sweep();
      await capacity('tracking', 5);
      const found = await entry('tracking', ({ status }) => status === 'applied', 'a change');
      return found.summary;
    });
    await check('an expression of tidegate.yml is computed by what was deployed', async () => {
      await put(system, 'computing', 90);
      await sweep();
      await capacity('computing', 6);
      const found = await entry('computing', ({ status }) => status === 'applied', 'a change');
      return found.summary;
    });
  },
};

const clock: Scenario = {
  name: 'rules by the clock',
  run: async (_system, { capacity, entry, sweep }, check) => {
    await check('a schedule that holds raises the minimum, and is named', async () => {
      await sweep();
      await capacity('scheduled', 4);
      const found = await entry('scheduled', ({ status }) => status === 'applied', 'a change');
      same(found.reason, 'BelowMinimum');
      return found.summary;
    });
  },
};

export const rules: readonly Scenario[] = [metrics, clock];
