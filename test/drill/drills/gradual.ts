import { capacityReached, changes, comesBack } from '#test/drill/judge/capacity.ts';
import { failedShare, slowest } from '#test/drill/judge/requests.ts';
import type { Drill } from './drill.ts';

/** Demand rises three times over within a minute, and falls again. */
export const gradual: Drill = {
  name: 'gradual',
  says: 'load rises from 9 to 29 requests a second in 50 s, and falls again',
  instances: 2,
  load: [
    { seconds: 50, from: 9, to: 29 },
    { seconds: 10, from: 29, to: 29 },
    { seconds: 5, from: 29, to: 9 },
    { seconds: 85, from: 9, to: 9 },
  ],
  accidents: [],
  expects: [
    capacityReached({ atLeast: 6, bySeconds: 85 }),
    changes({ atLeast: 3 }),
    failedShare({ atMost: 1, fromSeconds: 0 }),
    slowest({ atMostMs: 1_500, fromSeconds: 20 }),
    comesBack({ atMost: 3 }),
  ],
};
