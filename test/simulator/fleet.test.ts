import { describe, expect, test } from '@jest/globals';
import { datapointsOf, type Minute, type Names, sizesOf } from '#simulator/fleet/emit.ts';
import { emptyQueue, work } from '#simulator/fleet/queue-model.ts';
import { evaluateMath } from '#simulator/services/cloud-watch/metric-math.ts';
import { aGroupState, anInstance, NOON, seconds } from '#test/support/builders.ts';

const NAMES: Names = {
  autoScalingGroup: 'web-prod',
  targetGroup: 'targetgroup/web/1',
  loadBalancer: 'app/web/1',
};

const aMinute = (overrides: Partial<Minute> = {}): Minute => ({
  at: NOON,
  requests: 600,
  lost: 0,
  cpu: 40,
  meanLatencyMs: 80,
  p95LatencyMs: 120,
  serving: 3,
  healthy: 3,
  unhealthy: 0,
  group: sizesOf(aGroupState()),
  ...overrides,
});

const namesIn = (names: Names, minute: Minute): readonly string[] =>
  datapointsOf(names, minute).map(({ series }) => `${series.namespace} ${series.metricName}`);
const datapointOf = (names: Names, minute: Minute, metricName: string) =>
  datapointsOf(names, minute).find(({ series }) => series.metricName === metricName)?.datapoint;

const OF_GROUP = [
  'AWS/AutoScaling GroupMinSize',
  'AWS/AutoScaling GroupMaxSize',
  'AWS/AutoScaling GroupDesiredCapacity',
  'AWS/AutoScaling GroupInServiceInstances',
  'AWS/AutoScaling GroupPendingInstances',
  'AWS/AutoScaling GroupTerminatingInstances',
  'AWS/AutoScaling GroupStandbyInstances',
  'AWS/AutoScaling GroupTotalInstances',
];

describe('what CloudWatch gets of a web fleet', () => {
  test('is flows and bytes of a Network Load Balancer as a whole, also of none', () => {
    const names = { ...NAMES, loadBalancer: 'net/web/1' };
    const ofNetwork = (requests: number) =>
      datapointsOf(names, aMinute({ requests })).filter(
        ({ series }) => !/EC2|AutoScaling/.test(series.namespace),
      );
    const series = (metricName: string) => ({
      namespace: 'AWS/NetworkELB',
      metricName,
      dimensions: { LoadBalancer: 'net/web/1' },
    });

    expect(ofNetwork(600)).toEqual([
      { series: series('NewFlowCount'), datapoint: { Sum: 600 } },
      { series: series('ProcessedBytes'), datapoint: { Sum: 12_000_000 } },
    ]);
    expect(ofNetwork(0).map(({ datapoint }) => datapoint)).toEqual([{ Sum: 0 }, { Sum: 0 }]);
  });

  test('is processors, the group, hosts and requests', () => {
    expect(namesIn(NAMES, aMinute({ lost: 2 }))).toEqual([
      'AWS/EC2 CPUUtilization',
      ...OF_GROUP,
      'AWS/ApplicationELB HealthyHostCount',
      'AWS/ApplicationELB UnHealthyHostCount',
      'Application Requests',
      'AWS/ApplicationELB RequestCount',
      'AWS/ApplicationELB HTTPCode_Target_5XX_Count',
      'AWS/ApplicationELB RequestCountPerTarget',
      'AWS/ApplicationELB TargetResponseTime',
    ]);
    expect(datapointOf(NAMES, aMinute(), 'RequestCountPerTarget')).toEqual({
      Sum: 200,
      Average: 200,
    });
  });

  test('has errors only when there are some, and a rate of 0 without', () => {
    expect(datapointOf(NAMES, aMinute({ lost: 1 }), 'HTTPCode_Target_5XX_Count')).toEqual({
      Sum: 1,
    });
    expect(datapointOf(NAMES, aMinute(), 'HTTPCode_Target_5XX_Count')).toBeUndefined();

    const rate = 'IF(requests, 100 * FILL(errors, 0) / requests, 0)';
    expect(evaluateMath(rate, { requests: 600, errors: undefined })).toBe(0);
    expect(evaluateMath(rate, { requests: 600, errors: 6 })).toBe(1);
    expect(evaluateMath(rate, { requests: undefined, errors: undefined })).toBeUndefined();
  });

  test('of no instance is nothing but the sizes of the group', () => {
    const { cpu: _cpu, ...minute } = aMinute({ serving: 0, healthy: 0 });
    expect(namesIn(NAMES, minute)).toEqual(OF_GROUP);
  });

  test('in a minute without a request is no request, and no time that one took', () => {
    expect(namesIn(NAMES, aMinute({ requests: 0 }))).toEqual([
      'AWS/EC2 CPUUtilization',
      ...OF_GROUP,
      'AWS/ApplicationELB HealthyHostCount',
      'AWS/ApplicationELB UnHealthyHostCount',
    ]);
  });

  test('has the sizes of the group as it is', () => {
    const states = ['InService', 'InService', 'Pending:Wait', 'Terminating', 'Standby'];
    const state = aGroupState({
      capacityMin: 1,
      capacityMax: 9,
      capacityDesired: 3,
      instances: states.map((lifecycleState) => anInstance({ lifecycleState })),
    });

    expect(sizesOf(state)).toEqual({
      min: 1,
      max: 9,
      desired: 3,
      total: 5,
      inService: 2,
      pending: 1,
      terminating: 1,
      standby: 1,
    });
    expect(sizesOf(undefined).total).toBe(0);
  });
});

describe('what CloudWatch gets of workers', () => {
  const names = { ...NAMES, queue: 'orders' };
  const queue = { sent: 60, deleted: 50, visible: 10, inFlight: 4, oldestSeconds: 30 };

  test('is the queue, and no load balancer', () => {
    expect(namesIn(names, aMinute({ queue }))).toEqual([
      'AWS/EC2 CPUUtilization',
      ...OF_GROUP,
      'AWS/SQS NumberOfMessagesSent',
      'AWS/SQS NumberOfMessagesReceived',
      'AWS/SQS NumberOfMessagesDeleted',
      'AWS/SQS ApproximateNumberOfMessagesVisible',
      'AWS/SQS ApproximateNumberOfMessagesNotVisible',
      'AWS/SQS ApproximateNumberOfMessagesDelayed',
      'AWS/SQS ApproximateAgeOfOldestMessage',
    ]);
  });

  test('counts what waits, what is worked on and how long the oldest has waited', () => {
    const of = (metricName: string) => datapointOf(names, aMinute({ queue }), metricName)?.Maximum;
    expect(of('ApproximateNumberOfMessagesVisible')).toBe(10);
    expect(of('ApproximateNumberOfMessagesNotVisible')).toBe(4);
    expect(of('ApproximateAgeOfOldestMessage')).toBe(30);
  });
});

describe('a queue', () => {
  const service = { ratePerInstance: 10, workers: 5, timeoutMs: 1_000 };
  const span = { now: NOON, seconds: 10, arrivals: 100, instances: 1 };

  test('is worked off by those who are there, and what they work on is in flight', () => {
    const { queue, served, ...worked } = work(service, emptyQueue, span);

    expect(worked).toEqual({ deleted: 100, visible: 0, inFlight: 5, oldestSeconds: 0 });
    expect(queue.waiting).toEqual([]);
    expect(served).toEqual({
      utilisation: 1,
      meanLatencyMs: 500,
      p95LatencyMs: 500,
      backlog: 0,
      lost: 0,
    });
  });

  test('keeps what nobody has time for, the oldest first, and loses nothing', () => {
    const first = work(service, emptyQueue, { ...span, arrivals: 250 });
    const later = { ...span, now: NOON + seconds(10), arrivals: 30 };
    const second = work(service, first.queue, later);

    expect(first).toMatchObject({ deleted: 100, visible: 150, oldestSeconds: 0 });
    expect(second).toMatchObject({ deleted: 100, visible: 80, oldestSeconds: 10 });
    expect(second.queue.waiting).toEqual([
      { at: NOON, count: 50 },
      { at: NOON + seconds(10), count: 30 },
    ]);
    expect(second.served).toMatchObject({ lost: 0, p95LatencyMs: 500 + 10_000 + 8_000 });
  });

  test('grows older without workers, of which nobody is busy', () => {
    const none = { ...span, instances: 0 };
    const first = work(service, emptyQueue, none);
    const second = work(service, first.queue, { ...none, now: NOON + seconds(60), arrivals: 0 });

    expect(second).toMatchObject({ deleted: 0, visible: 100, inFlight: 0, oldestSeconds: 60 });
    expect(second.served.utilisation).toBe(0);
  });
});
