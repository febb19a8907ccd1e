import { markdownTable } from '#simulator/markdown-table.ts';
import { type Counts, dollarsOf, PRICES } from './prices.ts';
import { dollars } from './sums.ts';

/** The costs of one message about an alarm, and the same where a channel is told. */
export type AlarmCosts = Readonly<{
  title: string;
  alone: Counts;
  aloneTold: Counts;
  inTens: Counts;
  inTensTold: Counts;
}>;

const MILLION = 1_000_000;

/** The part of docs/costs.md about messages of alarms. */
export const alarmsPart = (alarms: readonly AlarmCosts[]): string => {
  const { alarmCalls } = PRICES;
  return `
## What an alarm costs

A million messages about alarms, in dollars, each of a group of its own: one at a time, and ten at a time, which come in one batch.
The looks of later minutes at a group that changes are in the tables above.

${alarmsTable(alarms)}

Each message that comes alone costs a call of DescribeAlarms, of which a million are ${dollars((MILLION * alarmCalls.dollars) / alarmCalls.per)}: the states of a group's alarms are read afresh before anything
is decided. The rest is mostly what is written: the plan before the change and the record of it, each in a transaction. Each channel writes down what
it has told, so that nothing is told twice.`;
};

const alarmsTable = (alarms: readonly AlarmCosts[]): string =>
  markdownTable(
    ['a message leads to', 'alone', 'in tens', 'with a Slack channel, alone', 'in tens'],
    alarms.map(({ title, alone, inTens, aloneTold, inTensTold }) => [
      title,
      ...[alone, inTens, aloneTold, inTensTold].map((counts) =>
        dollars(MILLION * dollarsOf(counts)),
      ),
    ]),
  );
