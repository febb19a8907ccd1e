/** A price of the list, in US dollars, for so many units of what is counted. */
export type Price = Readonly<{
  what: string;
  /** The same in a word or two. */
  short: string;
  dollars: number;
  per: number;
  source: string;
}>;

/**
 * List prices of us-east-1 without free tiers and discounts, as they were known on that day. They were not fetched
 * from AWS: hold them against their sources before you quote a sum.
 */
export const PRICES_OF = '2026-11-20';

/** The things that are counted, each with its price. */
export const PRICES = {
  metricsRead: {
    short: 'metrics read',
    what: 'metrics asked of GetMetricData',
    dollars: 0.01,
    per: 1_000,
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  alarmCalls: {
    short: 'DescribeAlarms',
    what: 'calls of DescribeAlarms',
    dollars: 0.01,
    per: 1_000,
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  readUnits: {
    short: 'read units',
    what: 'read units of DynamoDB, on demand',
    dollars: 0.125,
    per: 1_000_000,
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  writeUnits: {
    short: 'write units',
    what: 'write units of DynamoDB, on demand, those of transactions doubled',
    dollars: 0.625,
    per: 1_000_000,
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  queueRequests: {
    short: 'SQS',
    what: 'requests to SQS, each poll with messages and each deletion included',
    dollars: 0.4,
    per: 1_000_000,
    source: 'https://aws.amazon.com/sqs/pricing/',
  },
  published: {
    short: 'SNS',
    what: 'messages published on SNS',
    dollars: 0.5,
    per: 1_000_000,
    source: 'https://aws.amazon.com/sns/pricing/',
  },
  invocations: {
    short: 'invocations',
    what: 'invocations of Lambda',
    dollars: 0.2,
    per: 1_000_000,
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  gigabyteSeconds: {
    short: 'GB-seconds',
    what: 'GB-seconds of Lambda on arm64',
    dollars: 0.000_013_333_4,
    per: 1,
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  logBytes: {
    short: 'log bytes',
    what: 'bytes of CloudWatch Logs',
    dollars: 0.5,
    per: 1_000_000_000,
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
} as const satisfies Readonly<Record<string, Price>>;

/** A thing that is counted. */
export type Item = keyof typeof PRICES;

/** So much of each thing. */
export type Counts = Readonly<Record<Item, number>>;

export const ITEMS = Object.keys(PRICES) as readonly Item[];

/** Prices by the month, whatever happens in it. */
export const MONTHLY = {
  /** A metric alarm of standard resolution; of an expression, for each of its metrics. */
  alarm: 0.1,
  /** A metric that Tidegate publishes itself. */
  customMetric: 0.3,
  key: 1,
} as const;

/** Computes the dollars that counts cost. */
export const dollarsOf = (counts: Counts, items: readonly Item[] = ITEMS): number =>
  items.reduce((sum, item) => {
    const { dollars, per } = PRICES[item];
    return sum + (counts[item] * dollars) / per;
  }, 0);

/** Computes the counts of the same thing so many times. */
export const times = (counts: Counts, factor: number): Counts =>
  countsBy((item) => counts[item] * factor);

/** Counts what one has more than the other. */
export const minus = (counts: Counts, less: Counts): Counts =>
  countsBy((item) => counts[item] - less[item]);

export const plus = (counts: Counts, more: Counts): Counts =>
  countsBy((item) => counts[item] + more[item]);

const countsBy = (count: (item: Item) => number): Counts =>
  Object.fromEntries(ITEMS.map((item) => [item, count(item)])) as Counts;
