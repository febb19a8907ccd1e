import { capacityReached } from '#test/drill/judge/capacity.ts';
import { told } from '#test/drill/judge/messages.ts';
import { failedShare, slowest } from '#test/drill/judge/requests.ts';
import type { Drill } from './drill.ts';

/** Four times the demand from one second to the next: more than there is room for, until instances have booted. */
export const spike: Drill = {
  name: 'spike',
  says: 'load jumps from 9 to 39 requests a second',
  instances: 2,
  load: [
    { seconds: 15, from: 9, to: 9 },
    { seconds: 75, from: 39, to: 39 },
  ],
  accidents: [],
  expects: [
    capacityReached({ atLeast: 8, bySeconds: 55 }),
    failedShare({ atMost: 30, fromSeconds: 0 }),
    failedShare({ atMost: 1, fromSeconds: 60 }),
    slowest({ atMostMs: 1_500, fromSeconds: 60 }),
    told({ about: 'scaled', atLeast: 1, atMost: 3 }),
  ],
};
