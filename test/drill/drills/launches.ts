import { capacityAtMost, capacityReached } from '#test/drill/judge/capacity.ts';
import { told } from '#test/drill/judge/messages.ts';
import { nobodyTakenOut } from '#test/drill/judge/removals.ts';
import { failedShare } from '#test/drill/judge/requests.ts';
import type { Drill } from './drill.ts';

/** Demand doubles while no launch succeeds: what is on its way already is not asked for again and again. */
export const launches: Drill = {
  name: 'launches',
  says: 'load rises from 9 to 22 requests a second, and launches fail for a minute',
  instances: 2,
  load: [
    { seconds: 15, from: 9, to: 9 },
    { seconds: 105, from: 22, to: 22 },
  ],
  accidents: [
    { atSeconds: 5, says: 'launches fail', happen: ({ failLaunches }) => failLaunches() },
    { atSeconds: 70, says: 'launches succeed again', happen: ({ letLaunch }) => letLaunch() },
  ],
  expects: [
    capacityAtMost(7),
    capacityReached({ atLeast: 5, bySeconds: 90 }),
    failedShare({ atMost: 1, fromSeconds: 90 }),
    nobodyTakenOut(),
    told({ about: 'scaled', atLeast: 1, atMost: 3 }),
  ],
};
