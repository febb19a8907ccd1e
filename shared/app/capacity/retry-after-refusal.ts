import { lookAgainSoon } from '#app/lane/look-again-soon.ts';
import type { Step } from '#app/lane/retry-lost-race.ts';
import { done } from '#domain/lane/disposition.ts';
import type { Answer } from '#domain/ledger/outcome.ts';

/**
 * Chooses the step after AWS's answer. A capacity out of bounds is decided anew at once, and a throttle or a busy group later.
 * Any other refusal is not tried again by its message.
 */
export const stepAfter = (answer: Answer): Step => {
  if (answer.kind === 'applied') return done;
  const error = new Error(answer.detail);
  switch (answer.reason) {
    case 'OutOfBounds':
      return 'again';
    case 'Throttled':
      // The alarm stays open, so the sweep asks again once a minute; a storm must not end among the dead letters.
      return { kind: 'retry', error, receivesAtMost: 5 };
    case 'GroupBusy':
      return lookAgainSoon(error);
    case 'AccessDenied':
    case 'GroupNotFound':
    case 'TargetGone':
    case 'PoolRefused':
      return done;
  }
};
