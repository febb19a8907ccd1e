import { capacityReached } from '#test/drill/judge/capacity.ts';
import { failedShare } from '#test/drill/judge/requests.ts';
import type { Drill } from './drill.ts';

/** The same demand all the time, of which each request becomes dearer: only an alarm on busy instances sees it. */
export const sustained: Drill = {
  name: 'sustained',
  says: 'load stays at 29 requests a second, which take half as long again after 20 s',
  instances: 6,
  load: [
    { seconds: 20, from: 29, to: 29 },
    { seconds: 70, from: 29, to: 29, waitMs: 960 },
  ],
  accidents: [],
  expects: [
    capacityReached({ atLeast: 8, bySeconds: 70 }),
    failedShare({ atMost: 1, fromSeconds: 0, untilSeconds: 20 }),
    failedShare({ atMost: 1, fromSeconds: 65 }),
  ],
};
