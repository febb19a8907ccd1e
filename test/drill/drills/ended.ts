import { capacityKept, servesAgain } from '#test/drill/judge/capacity.ts';
import { nobodyTakenOut } from '#test/drill/judge/removals.ts';
import { failedShare } from '#test/drill/judge/requests.ts';
import type { Drill } from './drill.ts';

/** A machine fails: its Auto Scaling group replaces it, and Tidegate does not get in the way. */
export const ended: Drill = {
  name: 'ended',
  says: 'one of four instances ends without a word',
  instances: 4,
  load: [{ seconds: 55, from: 18, to: 18 }],
  accidents: [{ atSeconds: 15, says: 'an instance ends', happen: ({ endOne }) => endOne() }],
  expects: [
    failedShare({ atMost: 5, fromSeconds: 0 }),
    failedShare({ atMost: 1, fromSeconds: 30 }),
    servesAgain({ instances: 4, withinSeconds: 30, afterSeconds: 15 }),
    capacityKept(4),
    nobodyTakenOut(),
  ],
};
