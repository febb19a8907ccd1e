import { capacityKept, servesAgain } from '#test/drill/judge/capacity.ts';
import { told } from '#test/drill/judge/messages.ts';
import { outOfService, replaced } from '#test/drill/judge/removals.ts';
import { failedShare } from '#test/drill/judge/requests.ts';
import type { Drill } from './drill.ts';

/** An instance hangs: the load balancer stops sending it requests, and a minute later Tidegate replaces it. */
export const sick: Drill = {
  name: 'sick',
  says: 'one of five instances accepts connections and answers none',
  instances: 5,
  load: [{ seconds: 125, from: 24, to: 24 }],
  accidents: [{ atSeconds: 15, says: 'an instance hangs', happen: ({ freezeOne }) => freezeOne() }],
  expects: [
    outOfService({ withinSeconds: 15, afterSeconds: 15 }),
    failedShare({ atMost: 2, fromSeconds: 0 }),
    failedShare({ atMost: 1, fromSeconds: 30 }),
    replaced({ count: 1, bySeconds: 115 }),
    servesAgain({ instances: 5, withinSeconds: 105, afterSeconds: 15 }),
    capacityKept(5),
    told({ about: 'replaced', atLeast: 1, atMost: 1 }),
  ],
};
