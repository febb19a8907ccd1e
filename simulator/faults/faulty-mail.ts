import type { Delivery } from '#domain/notify/notice.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Mail } from '#simulator/services/world.ts';
import { OUTCOME_TOPIC } from '../cloud.ts';
import type { Dice } from './dice.ts';

/** Messages that come twice, late or never. */
export const createFaultyMail = (dice: Dice): Mail => ({
  reappearsAfterMs: () => {
    if (dice.strikes('F2', 'a message stays visible')) return 1;
    return dice.strikes('F25', 'a message is visible too early') ? dice.pick(2_000) : undefined;
  },
  isDropped: () => dice.strikes('F31', 'the guard against recursion'),
  deliveries: (topic) => {
    // SNS itself loses nothing: it is CloudWatch that may fail to publish.
    if (topic !== OUTCOME_TOPIC && dice.strikes('F4', 'a delivery is lost')) return [];
    const delay = 20 + dice.pick(200);
    if (dice.strikes('F3', 'a delivery is late')) return [delay + dice.pick(40 * MINUTE_MS)];
    if (dice.strikes('F5', 'a delivery is overtaken')) return [delay + dice.pick(5 * MINUTE_MS)];
    return dice.strikes('F1', 'a delivery is doubled')
      ? [delay, delay + dice.pick(90_000)]
      : [delay];
  },
});

/** A channel that was archived is found again within that time. */
const LONGEST_BREAK_MS = 20 * MINUTE_MS;

/**
 * People whose channel fails in every way that channels fail. One that says that it takes nothing any more
 * may have said so once by mistake, or goes on saying so until somebody has fixed it.
 */
export const createFaultyAnswer = (timeline: Timeline, dice: Dice) => {
  const brokenUntil = new Map<string, number>();

  const answerOf = (channel: string): Delivery => {
    const answer = dice.one([
      { kind: 'failed', detail: '429', afterSeconds: 1 + dice.pick(120) } as const,
      { kind: 'failed', detail: '500' } as const,
      { kind: 'unclear', detail: 'no answer' } as const,
      { kind: 'refused', detail: '400' } as const,
      BROKEN,
      BROKEN,
    ]);
    if (answer === BROKEN && dice.random() < 0.6) {
      brokenUntil.set(channel, timeline.now() + dice.pick(LONGEST_BREAK_MS));
    }
    return answer ?? { kind: 'sent' };
  };

  return (channel: string): Delivery => {
    if (timeline.now() < (brokenUntil.get(channel) ?? 0)) return BROKEN;
    if (dice.strikes('F29', 'the secret cannot be read')) {
      return { kind: 'failed', detail: 'no secret' };
    }
    return dice.strikes('F28', 'Slack fails') ? answerOf(channel) : { kind: 'sent' };
  };
};

const BROKEN: Delivery = { kind: 'broken', detail: '410' };
