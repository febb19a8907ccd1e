import { type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Balancer } from '#test/drill/balancer/balancer.ts';
import { busyPercent, type Period } from '#test/drill/balancer/period-counts.ts';
import { PLACES } from '#test/drill/instances/instance.ts';
import type { Clients } from '#test/e2e/harness/clients.ts';
import { groupOf, type Place } from './configuration.ts';

export const PERIOD_MS = 10_000;

/** Publishes a period that is over, as the load balancer and the instances would. */
export const publishPeriod = async (
  { cloudWatch }: Clients,
  { place, balancer, begin }: Readonly<{ place: Place; balancer: Balancer; begin: number }>,
): Promise<void> => {
  const Timestamp = new Date(begin);
  const period = balancer.takePeriod();
  const states = [...balancer.healthOf().values()].map(({ state }) => state);
  const count = (wanted: string): number => states.filter((state) => state === wanted).length;

  await cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: 'AWS/ApplicationELB',
      MetricData: balancerData(place, {
        ...period,
        healthy: count('healthy'),
        unhealthy: count('unhealthy'),
      }).map((datum) => ({ ...datum, Timestamp })),
    }),
  );
  const places = PLACES * count('healthy');
  const datum: MetricDatum = {
    MetricName: 'Busy',
    Dimensions: [{ Name: 'AutoScalingGroupName', Value: groupOf(place.name) }],
    Value: busyPercent(period, { periodMs: PERIOD_MS, places }),
    Timestamp,
  };
  await cloudWatch.send(
    new PutMetricDataCommand({ Namespace: 'Application', MetricData: [datum] }),
  );
};

type Counts = Period & Readonly<{ healthy: number; unhealthy: number }>;

const balancerData = (
  { loadBalancer, targetGroup }: Place,
  { requests, targetErrors, balancerErrors, healthy, unhealthy }: Counts,
): readonly MetricDatum[] => {
  // The emulator finds them only in the order in which they are asked for.
  const Dimensions = [
    { Name: 'TargetGroup', Value: targetGroup },
    { Name: 'LoadBalancer', Value: loadBalancer },
  ];
  const values: Readonly<Record<string, number>> = {
    RequestCount: requests,
    HTTPCode_Target_5XX_Count: targetErrors,
    HTTPCode_ELB_5XX_Count: balancerErrors,
    HealthyHostCount: healthy,
    UnHealthyHostCount: unhealthy,
  };
  return Object.entries(values).map(([MetricName, Value]) => ({ MetricName, Value, Dimensions }));
};
