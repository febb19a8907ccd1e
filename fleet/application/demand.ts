/** The demand of a stretch of time. */
export type Demand = Readonly<{
  /** Requests that came. */
  requests: number;
  /** Requests that were worked on at once, in the mean of the stretch. */
  inFlight: number;
}>;

/** Counts requests, and how many of them are worked on at each moment; times are in milliseconds and only grow. */
export const createDemand = (begin: number) => {
  let requests = 0;
  let inFlight = 0;
  let area = 0;
  let since = begin;
  let changed = begin;
  const pass = (now: number): void => {
    area += inFlight * (now - changed);
    changed = now;
  };

  return {
    came: (now: number): void => {
      pass(now);
      requests += 1;
      inFlight += 1;
    },
    went: (now: number): void => {
      pass(now);
      inFlight -= 1;
    },
    /** The demand since it was taken last. */
    take: (now: number): Demand => {
      pass(now);
      const demand = { requests, inFlight: now > since ? area / (now - since) : inFlight };
      requests = 0;
      area = 0;
      since = now;
      return demand;
    },
  };
};

export type Measured = Readonly<{ group: string; at: number; demand: Demand }>;

/**
 * A log event that CloudWatch makes metrics of, with a resolution of a second, so that they can be read in periods of ten:
 * one series for each Auto Scaling group, whose sum is the demand of the group
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
export const embeddedMetrics = ({ group, at, demand }: Measured): string =>
  JSON.stringify({
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
    AutoScalingGroupName: group,
    Requests: demand.requests,
    InFlight: demand.inFlight,
  });
