import type { Instant } from '#domain/time/instant.ts';

/** The newest look at a group that came to its end, as far as it can spare the group another one. */
export type GroupLook = Readonly<{
  /** The moment before its first read, by the clock of whoever looked. */
  began: Instant;
  /** The same of the newest look that an alarm's message prompted; absent while none is known. */
  promptedAt?: Instant;
  /** The alarms that it read; of very many, those that changed last. */
  alarms: readonly SeenAlarm[];
}>;

/** An alarm as a look read it. */
export type SeenAlarm = Readonly<{
  name: string;
  /** Time at which it entered the state that was read, by CloudWatch's clock. */
  since: Instant;
  /** Set when it was firing, and no message had said so until then: the head does not know that one comes. */
  isUnheard?: true;
}>;
