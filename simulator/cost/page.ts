import { SHARD_SIZE } from '#domain/sweep/shard.ts';
import { markdownTable } from '#simulator/markdown-table.ts';
import { type AlarmCosts, alarmsPart } from './alarms-part.ts';
import { billFor, functionForEach, type Month, sharesOf, targetTracking } from './month.ts';
import { type Counts, dollarsOf, ITEMS, MONTHLY, PRICES, PRICES_OF } from './prices.ts';
import { dollars, inDigits } from './sums.ts';

/** A kind of group, what a month of it comes to, and what it is held against. */
export type KindMonth = Readonly<{
  title: string;
  rules: string;
  month: Month;
  /** The month of a deployment of one group, which fills no batch. */
  alone: Counts;
  /** Alarms of a group's rules. */
  alarms: number;
  /** Metrics that a peer would follow for the same. */
  metrics: number;
}>;

/** The line held against a count of more groups in the same stretch of time. */
export type Proof = Readonly<{
  title: string;
  groups: number;
  predicted: Counts;
  counted: Counts;
}>;

export type Page = Readonly<{
  kinds: readonly KindMonth[];
  proofs: readonly Proof[];
  alarms: readonly AlarmCosts[];
}>;

const SIZES = [10, 100, 1_000, 10_000] as const;
/** As many as infrastructure/own-alarms.ts makes for a deployment without an event bus; a test holds it so. */
export const OWN_ALARMS = 22;

/** Writes docs/costs.md. */
export const pageOf = ({ kinds, proofs, alarms }: Page): string =>
  [
    `# What a deployment costs

\`npm run bench:cost\` writes this page. It runs the production engine and functions in the [simulator](simulator.md) and counts what AWS
charges for: metrics read, calls, units, requests, log bytes. A day is simulated and taken times thirty; of forecast rules half an hour of
a night, as often as a month has it. It is a computed bill, not one that AWS has sent.

## By the number of groups

Dollars a month beside the [fixed part](#the-fixed-part), the alarms of rules included:
`,
    sizesTable(kinds),
    `
1 and 10 groups are counted. More are on the line through no group and ten, which is [held against](#why-the-line-holds) a hundred.

Beside it, what the same groups cost elsewhere. Target tracking has two alarms for each metric that it follows, and nothing else. *A
function for each* group runs every minute for a second, with 512 MB, and reads the same metrics.
`,
    peersTable(kinds),
    ADVICE,
    `## Where it goes

Dollars a month of one more group, without its alarms:
`,
    sharesTable(kinds),
    alarmsPart(alarms),
    fixedPart(kinds),
    `
## Why the line holds

What the functions do for a group they do for it alone, or together with others on a page. Full pages cost least. Ten groups leave
the pages of a hundred unfilled, so the line through them bounds from above what is asked in pages. What is done for each group alone
differs by a few percent with what happens to it. Two hours of a night:
`,
    proofsTable(proofs),
    `
## The prices

List prices of us-east-1 in dollars, noted on ${PRICES_OF}, without free tiers. They stand in [one file](../simulator/cost/prices.ts). They were
not fetched from AWS: hold them against their sources before you quote a sum.
`,
    pricesTable(),
    whatIsCounted(kinds),
  ].join('\n');

const ADVICE = `
A metric that is read each minute costs 43 cents a month, an alarm on it 10. So target tracking is cheaper than a rule that follows
a metric itself, and a deployment is not chosen for its bill. What brings it down:

- Threshold rules wait for their alarms and read no metric.
- A mean with \`period: 5m\` is read once in five minutes. A total is read each minute whatever its period, for parts of it count.
- \`every: 15s\` reads four times as often. \`every: auto\` looks at most once more in a minute: it adds up to a third of what
  \`every: 15s\` adds.
- A forecast reads the minutes of a day and the bins of eight.
- A rule reads its metric [at each look](adr/0016-a-metric-is-read-at-each-look.md), also where little could come of it.
- A [warm pool](warm-pool.md#what-it-costs) costs nothing here: its calls have no price. Its stopped instances cost their volumes, about 6.5 % of running ones.
`;

const sizesTable = (kinds: readonly KindMonth[]): string =>
  markdownTable(
    ['rules of each group', '1', ...SIZES.map(inDigits), '**one more group**', 'of it alarms'],
    kinds.map(({ title, month, alone, alarms }) => {
      const fixed = billFor(month, 0, alarms).together;
      return [
        title,
        dollars(dollarsOf(alone) - fixed + alarms * MONTHLY.alarm),
        ...SIZES.map((size) => dollars(billFor(month, size, alarms).together - fixed)),
        `**${dollars(billFor(month, 1, alarms).together - fixed)}**`,
        dollars(alarms * MONTHLY.alarm),
      ];
    }),
  );

const peersTable = (kinds: readonly KindMonth[]): string =>
  markdownTable(
    ['rules of each of 1,000 groups', 'here', 'target tracking', 'a function for each'],
    kinds.map(({ title, month, alarms, metrics }) => [
      title,
      dollars(billFor(month, 1_000, alarms).together),
      metrics === 0 ? 'none' : dollars(targetTracking(1_000, metrics)),
      dollars(functionForEach(1_000, metrics)),
    ]),
  );

const sharesTable = (kinds: readonly KindMonth[]): string =>
  markdownTable(
    ['rules of each group', 'together', 'spent on'],
    kinds.map(({ title, month }) => [
      title,
      dollars(sharesOf(month).reduce((sum, [, each]) => sum + each, 0)),
      sharesOf(month)
        .slice(0, MOST_SHARES)
        .map(([item, each]) => `${PRICES[item].short} ${dollars(each)}`)
        .join(', '),
    ]),
  );

const MOST_SHARES = 4;

const fixedPart = ([first]: readonly KindMonth[]): string => {
  const sweeps = first === undefined ? 0 : billFor(first.month, 0, 0).counted;
  return `
## The fixed part

A month of any deployment: ${OWN_ALARMS} alarms on Tidegate itself (${dollars(OWN_ALARMS * MONTHLY.alarm)}), the key (${dollars(MONTHLY.key)}), and a sweep every minute (${dollars(sweeps)}).
Polls of empty queues come to it: with five pollers, each waiting twenty seconds, about 650,000 requests for each queue, 26 cents.
With [fleets, or more than 500 named groups](architecture.md#the-sweep-at-size), there is one queue more with three alarms more, together 56 cents. Of 10,000 groups
${SHARDS} shards are sent each minute: ${dollars(shardsCost())} a month for the queue and the invocations, and ${dollars(shardWrites())} for the writes that say when each was looked at.
With \`health\` of a fleet, a look at the targets of a member that has its turn is a message to heal and its deletion, with up to nine others; its share of an
invocation; and three read units for its membership, its head and an override. DescribeTargetHealth has no price. It is not in the tables, for no group there has \`health\`.
A metric that Tidegate publishes itself costs ${dollars(MONTHLY.customMetric)} in a month in which it does so all the time.`;
};

/** Shards of a minute of ten thousand groups. */
const SHARDS = 10_000 / SHARD_SIZE;
const MINUTES_A_MONTH = 60 * 24 * 30;

/** A shard is sent, received and deleted, and an invocation looks at it. */
const shardsCost = (): number => {
  const { queueRequests, invocations } = PRICES;
  const each =
    (3 * queueRequests.dollars) / queueRequests.per + invocations.dollars / invocations.per;
  return SHARDS * MINUTES_A_MONTH * each;
};

/** A shard that was looked at is one small item. */
const shardWrites = (): number => {
  const { dollars: price, per } = PRICES.writeUnits;
  return (SHARDS * MINUTES_A_MONTH * price) / per;
};

const proofsTable = (proofs: readonly Proof[]): string =>
  markdownTable(
    ['what', ...proofs.flatMap(({ title, groups }) => [`${groups} groups, ${title}`, 'the line'])],
    ITEMS.map((item) => [
      PRICES[item].short,
      ...proofs.flatMap(({ predicted, counted }) => [
        inDigits(counted[item]),
        inDigits(predicted[item]),
      ]),
    ]),
  );

const pricesTable = (): string =>
  markdownTable(
    ['what', 'dollars', 'for', 'source'],
    ITEMS.map((item) => {
      const { what, dollars: price, per, source } = PRICES[item];
      return [what, String(price), inDigits(per), `[AWS](${source})`];
    }),
  );

const whatIsCounted = (kinds: readonly KindMonth[]): string => `
An alarm costs ${dollars(MONTHLY.alarm)} a month; of an expression, as much for each of its metrics.

## What is counted

The rules of the groups, each of which has from 2 to 20 instances and a day of people with a flash crowd at one o'clock:

| rules of each group | as they stand in the file |
| --- | --- |
${kinds.map(({ title, rules }) => `| ${title} | ${linesOf(rules)} |`).join('\n')}

- A metric of GetMetricData counts once for each call that asks for it, an expression as often as it has metrics.
- Units of DynamoDB are reckoned from the items. A consistent read of up to 4 KB is one unit, another half a unit.
- Log bytes are those of the lines that the functions write, and 330 for Lambda's own lines of each invocation.
- A function runs for 24 ms with each call that follows another one, and for 5 ms beside.
- Storage, transfer, channels and healing are not in these figures, but for the channel in [what an alarm costs](#what-an-alarm-costs).
`;

const linesOf = (rules: string): string =>
  rules
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `\`${line.trim()}\``)
    .join('<br>');
