import { type Disposition, done } from '../domain/disposition.ts';
import { type Instant, SECOND_MS } from '../domain/instant.ts';
import type { Note } from '../domain/note.ts';
import type { Delivery, Ending, Withheld } from '../domain/notice.ts';

type Circumstances = Readonly<{ channel: string; isUrgent: boolean; now: Instant }>;

export type Conclusion = Readonly<{
  ending: Ending;
  noted: Pick<Extract<Note, { kind: 'notice' }>, 'ending' | 'detail'>;
  disposition: Disposition;
}>;

/** What a channel's answer means for the notice, for the log and for the message in the queue. */
export const conclude = (
  delivery: Delivery | Withheld,
  circumstances: Circumstances,
): Conclusion => {
  switch (delivery.kind) {
    case 'sent':
      return closed({ kind: 'sent', at: circumstances.now }, '');
    case 'refused':
    case 'withheld':
      return closed({ kind: delivery.kind, at: circumstances.now }, delivery.detail);
    case 'failed':
      return postponed(delivery, circumstances);
    case 'unclear':
      return circumstances.isUrgent
        ? postponed(delivery, circumstances)
        : closed({ kind: 'uncertain', at: circumstances.now }, delivery.detail);
  }
};

const closed = (ending: Exclude<Ending, { kind: 'released' }>, detail: string): Conclusion => ({
  ending,
  noted: { ending: ending.kind, detail },
  disposition: done,
});

/** SQS could wait for 12 hours, and a person should not. */
const LONGEST_WAIT_SECONDS = 900;

type Failure = Readonly<{ detail: string; afterSeconds?: number }>;

/** Without a wish of the channel's the queue decides how long to wait. */
const postponed = (
  { detail, afterSeconds }: Failure,
  { channel, now }: Circumstances,
): Conclusion => {
  const wait =
    afterSeconds === undefined ? undefined : Math.min(afterSeconds, LONGEST_WAIT_SECONDS);

  return {
    ending: { kind: 'released', at: now, until: now + (wait ?? 0) * SECOND_MS },
    noted: { ending: 'postponed', detail },
    disposition: {
      kind: 'retry',
      error: new Error(`the channel ${channel} did not take the message: ${detail}`),
      ...(wait === undefined ? {} : { afterSeconds: wait }),
    },
  };
};
