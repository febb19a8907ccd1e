import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';
import type { LastSweep, ShardLook } from './deployment-status.ts';

/** The age of the sweep's last look in a line: as it should be, not known yet, or older than that. */
export type LastLook = Readonly<{ tone: 'fine' | 'unknown' | 'late'; text: string }>;

/** The sweep looks every minute: after so many seconds it has missed looks. */
const LATE_SECONDS = 180;

/**
 * Says how old the last finished look of the sweep is. Groups that it sent in shards were looked at when each shard was: the
 * oldest of these looks counts.
 */
export const describeLastLook = (sweep: LastSweep | undefined, now: Instant): LastLook => {
  if (sweep === undefined) {
    return { tone: 'unknown', text: 'the sweep has not written down any look yet' };
  }
  const seconds = age(sweep.at, now);
  const text = `the sweep looked ${describeSeconds(seconds)} ago`;
  if (seconds >= LATE_SECONDS) return { tone: 'late', text: `${text}, and ${SHOULD}` };
  return lookInShards(text, sweep.shards ?? [], now);
};

const SHOULD = 'should look every minute: see its log, and tidegate doctor';

const lookInShards = (text: string, shards: readonly ShardLook[], now: Instant): LastLook => {
  const ages = shards.flatMap(({ at }) => (at === undefined ? [] : [age(at, now)]));
  const late = ages.filter((seconds) => seconds >= LATE_SECONDS);
  if (late.length > 0) {
    return {
      tone: 'late',
      text: `${text}, but its last finished look at all groups was ${describeSeconds(Math.max(...late))} ago (${late.length} of ${shards.length} shards), and it ${SHOULD}`,
    };
  }
  const unseen = shards.length - ages.length;
  return unseen === 0
    ? { tone: 'fine', text }
    : {
        tone: 'unknown',
        text: `${text}; ${unseen} of its ${shards.length} shards ${unseen === 1 ? 'was' : 'were'} not looked at yet`,
      };
};

const age = (at: Instant, now: Instant): number => Math.max(0, secondsBetween(at, now));
