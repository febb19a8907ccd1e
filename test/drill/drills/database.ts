import { capacityKept, servesAgain } from '#test/drill/judge/capacity.ts';
import { told } from '#test/drill/judge/messages.ts';
import { nobodyTakenOut } from '#test/drill/judge/removals.ts';
import { failedShare } from '#test/drill/judge/requests.ts';
import type { Drill } from './drill.ts';

/** The database goes, so all instances fail their checks for one cause: replacing them would help nobody. */
export const database: Drill = {
  name: 'database',
  says: 'the database of all four instances is away for 90 s',
  instances: 4,
  load: [{ seconds: 125, from: 19, to: 19 }],
  accidents: [
    {
      atSeconds: 15,
      says: 'the database goes away',
      happen: ({ takeDatabaseAway }) => takeDatabaseAway(),
    },
    {
      atSeconds: 105,
      says: 'the database is back',
      happen: ({ giveDatabaseBack }) => giveDatabaseBack(),
    },
  ],
  expects: [
    nobodyTakenOut(),
    capacityKept(4),
    told({ about: 'a common cause', atLeast: 1, atMost: 1 }),
    failedShare({ atMost: 1, fromSeconds: 0 }),
    servesAgain({ instances: 4, withinSeconds: 15, afterSeconds: 105 }),
  ],
};
