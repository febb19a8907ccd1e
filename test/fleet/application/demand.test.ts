import { describe, expect, test } from '@jest/globals';
import { createDemand, embeddedMetrics } from '#fleet/application/demand.ts';

describe('demand', () => {
  test('counts requests, and the mean of those that are worked on', () => {
    const demand = createDemand(1_000);
    demand.came(3_000);
    demand.came(5_000);
    demand.went(9_000);

    // One for two seconds, two for four, one for two, of ten.
    expect(demand.take(11_000)).toEqual({ requests: 2, inFlight: 1.2 });
  });

  test('goes on with those that are still worked on, and counts none of them again', () => {
    const demand = createDemand(0);
    demand.came(0);
    demand.take(10_000);

    expect(demand.take(20_000)).toEqual({ requests: 0, inFlight: 1 });
    demand.went(25_000);
    expect(demand.take(30_000)).toEqual({ requests: 0, inFlight: 0.5 });
    expect(demand.take(30_000)).toEqual({ requests: 0, inFlight: 0 });
  });

  test('is published for its group, in a resolution of a second', () => {
    const at = Date.UTC(2026, 2, 2, 9);
    const text = embeddedMetrics({ group: 'web-prod', at, demand: { requests: 7, inFlight: 0.5 } });

    expect(JSON.parse(text)).toEqual({
      _aws: {
        Timestamp: at,
        CloudWatchMetrics: [
          {
            Namespace: 'TidegateFleet',
            Dimensions: [['AutoScalingGroupName']],
            Metrics: [
              { Name: 'Requests', Unit: 'Count', StorageResolution: 1 },
              { Name: 'InFlight', Unit: 'Count', StorageResolution: 1 },
            ],
          },
        ],
      },
      AutoScalingGroupName: 'web-prod',
      Requests: 7,
      InFlight: 0.5,
    });
  });
});
