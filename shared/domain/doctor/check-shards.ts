import type { DeploymentFacts } from './checkup.ts';
import type { Check } from './finding.ts';

/** Checks of a sweep that divides its groups into shards: that each shard of the last hour was looked at. */
export const SHARD_CHECKS: readonly Check<DeploymentFacts>[] = [
  {
    sound: 'the sweep dropped no shard in the last hour',
    needs: ['the shards of its sweep'],
    find: ({ shards }) =>
      shards === undefined || shards.dropped === 0
        ? []
        : [
            {
              code: 'shards-dropped',
              verdict: 'warning',
              message: `in the last hour the turn of ${countOf(shards.dropped)} of the sweep came too late: nobody looked at their groups for a minute`,
              fix: "read the sweep's log, which says how late they were; look for throttles of CloudWatch, Auto Scaling and Lambda, and ask AWS for higher quotas",
            },
          ],
  },
  {
    sound: 'no shard of the sweep lies in its dead-letter queue',
    needs: ['the shards of its sweep'],
    find: ({ shards }) =>
      shards === undefined || shards.deadLetters === 0
        ? []
        : [
            {
              code: 'shards-failed',
              verdict: 'error',
              message: `in the last hour ${countOf(shards.deadLetters)} of the sweep lay in ${shards.deadLetterQueue}: looks at their groups failed twice`,
              fix: `fix the cause, which the sweep's log names, then delete the messages, for the next sweep has sent their groups again: aws sqs purge-queue --queue-url $(aws sqs get-queue-url --queue-name ${shards.deadLetterQueue} --query QueueUrl --output text)`,
            },
          ],
  },
];

/** True of a deployment whose shards were looked at, or should have been. */
export const needsShards = ({ shards, unread }: DeploymentFacts): boolean =>
  shards !== undefined || unread.some(({ what }) => what === 'the shards of its sweep');

const countOf = (count: number): string => `${count} ${count === 1 ? 'shard' : 'shards'}`;
