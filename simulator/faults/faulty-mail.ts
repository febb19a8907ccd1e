import type { Delivery } from '#domain/notify/notice.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
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

/** People whose channel fails in every way that channels fail. */
export const createFaultyAnswer = (dice: Dice) => (): Delivery => {
  if (dice.strikes('F29', 'the secret cannot be read'))
    return { kind: 'failed', detail: 'no secret' };
  if (!dice.strikes('F28', 'Slack fails')) return { kind: 'sent' };

  const answers: readonly Delivery[] = [
    { kind: 'failed', detail: '429', afterSeconds: 1 + dice.pick(120) },
    { kind: 'failed', detail: '500' },
    { kind: 'unclear', detail: 'no answer' },
    { kind: 'refused', detail: '400' },
    { kind: 'broken', detail: '410' },
  ];
  return dice.one(answers) ?? { kind: 'sent' };
};
