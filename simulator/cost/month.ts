import { type Counts, dollarsOf, ITEMS, type Item, MONTHLY, minus, plus, times } from './prices.ts';

/** A month has so many minutes here: thirty days. */
export const MONTH_MINUTES = 43_200;

/** A month of a deployment: what is done once for all, and for each group. */
export type Month = Readonly<{ fixed: Counts; each: Counts }>;

/** Counts of a stretch of time, with no group and with some. */
export type Stretches = Readonly<{ empty: Counts; some: Counts; groups: number; minutes: number }>;

/**
 * Draws the line from a deployment without groups through one of ten. Ten groups fill the messages of a request to
 * SQS and the batch of an invocation; a hundred fill the pages of BatchGetItem and of DescribeAlarms, which ten fill
 * in part. So a larger deployment costs at most what the line says.
 */
export const monthOf = ({ empty, some, groups, minutes }: Stretches): Month => {
  const factor = MONTH_MINUTES / minutes;
  return { fixed: times(empty, factor), each: times(minus(some, empty), factor / groups) };
};

/** Counts what so many groups do in a month. */
export const countsFor = ({ fixed, each }: Month, groups: number): Counts =>
  plus(fixed, times(each, groups));

/** The bill of a month: what is counted, and what the alarms of rules cost. */
export type Bill = Readonly<{ counted: number; alarms: number; together: number }>;

export const billFor = (month: Month, groups: number, alarmsOfGroup: number): Bill => {
  const counted = dollarsOf(countsFor(month, groups));
  const alarms = groups * alarmsOfGroup * MONTHLY.alarm;
  return { counted, alarms, together: counted + alarms };
};

/** The dollars of each thing for one more group in a month, the largest first; nothing that costs nothing. */
export const sharesOf = ({ each }: Month): readonly (readonly [item: Item, dollars: number])[] =>
  ITEMS.map((item) => [item, dollarsOf(each, [item])] as const)
    .filter(([, dollars]) => dollars > 0.000_05)
    .toSorted(([, one], [, other]) => other - one);

/** The alarms that target tracking makes for a policy: one for each direction. */
const ALARMS_OF_POLICY = 2;

/** A month of target tracking costs its alarms and nothing else. */
export const targetTracking = (groups: number, policies: number): number =>
  groups * policies * ALARMS_OF_POLICY * MONTHLY.alarm;

/** A scaler that is one function for each group, invoked every minute, as long as a look with its calls takes. */
const FUNCTION = { seconds: 1, gigabytes: 0.5, logBytes: 700 };

/** A month of such functions, which read so many metrics each time, and keep one item for each group. */
export const functionForEach = (groups: number, metrics: number): number =>
  groups *
  MONTH_MINUTES *
  dollarsOf({
    metricsRead: metrics,
    alarmCalls: 0,
    readUnits: 1,
    writeUnits: 1,
    queueRequests: 0,
    published: 0,
    invocations: 1,
    gigabyteSeconds: FUNCTION.seconds * FUNCTION.gigabytes,
    logBytes: FUNCTION.logBytes,
  });
