import type { SurveyedGroup } from '#aws/survey/survey.ts';
import { failure } from '#cli/output/failure.ts';
import type { Terminal } from '../terminal.ts';
import { kindOf } from './group-kind.ts';

/** A group, and a queue that its instances take messages from: nothing in AWS says so, unless a policy goes by it. */
export type QueueOfGroup = Readonly<{ autoScalingGroup: string; queue: string }>;

/** As SQS takes it. */
const QUEUE_NAME = /^[\w-]{1,75}(?:\.fifo|[\w-]{0,5})$/;

/** Reads `GROUP=QUEUE`. Throws when it is something else. */
export const readQueue = (text: string): QueueOfGroup => {
  const end = text.lastIndexOf('=');
  const pair = { autoScalingGroup: text.slice(0, end), queue: text.slice(end + 1) };
  if (end < 1 || !QUEUE_NAME.test(pair.queue)) {
    throw failure(
      'usage',
      `--queue: "${text}" does not name a group and its queue`,
      'write --queue workers-prod=orders: the Auto Scaling group, then the name of the SQS queue, not its URL',
    );
  }
  return pair;
};

/** Gives groups the queues that a person named. Throws when a group is not among them. */
export const withQueues = (
  groups: readonly SurveyedGroup[],
  named: readonly QueueOfGroup[],
): readonly SurveyedGroup[] => {
  const all = groups.map(({ autoScalingGroup }) => autoScalingGroup);
  for (const { autoScalingGroup } of named) {
    if (!all.includes(autoScalingGroup)) {
      throw failure(
        'unknown-name',
        `--queue names ${autoScalingGroup}, and no rules are written for such a group`,
        `there are ${all.join(', ')}`,
      );
    }
  }
  return groups.map((group) => {
    const queues = named
      .filter(({ autoScalingGroup }) => autoScalingGroup === group.autoScalingGroup)
      .map(({ queue }) => queue);
    // A load balancer before workers says nothing of their work.
    return queues.length === 0 ? group : { ...group, queues, servedBy: [] };
  });
};

/** Asks for the queue of each group of which nothing says what it works on. */
export const askedQueues = async (
  groups: readonly SurveyedGroup[],
  named: readonly QueueOfGroup[],
  ask: Terminal['ask'],
): Promise<readonly QueueOfGroup[]> => {
  const asked: QueueOfGroup[] = [];
  for (const group of ask === undefined ? [] : groups) {
    const { autoScalingGroup } = group;
    const isNamed = named.some((each) => each.autoScalingGroup === autoScalingGroup);
    if (isNamed || kindOf(group) !== 'cpu') continue;
    const question = `Which SQS queue does ${autoScalingGroup} work on? (empty: none)`;
    const queue = ((await ask?.text(question, '')) ?? '').trim();
    if (queue !== '') asked.push(readQueue(`${autoScalingGroup}=${queue}`));
  }
  return asked;
};
