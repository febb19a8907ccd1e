import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { EFFECTS, measureAlarm } from './alarms.ts';
import type { AlarmCosts } from './alarms-part.ts';
import { alarmsOfKind, type FleetKind, KINDS } from './fleets.ts';
import { measure, measureEmpty } from './measure.ts';
import { MONTH_MINUTES, monthOf } from './month.ts';
import { type KindMonth, type Proof, pageOf } from './page.ts';
import { type Counts, minus, plus, times } from './prices.ts';

const PAGE = join(import.meta.dirname, '../../docs/costs.md');
const DAY_MINUTES = 1_440;
const PROOF_MINUTES = 120;
const PROOF_GROUPS = 100;
const GROUPS = 10;

const say = (line: string): void => {
  stdout.write(`${line}\n`);
};

const monthOfKind = async (kind: FleetKind): Promise<KindMonth> => {
  const { minutes = DAY_MINUTES } = kind;
  const empty = await measureEmpty(kind, minutes);
  const one = await measure({ kind, minutes, groups: 1 });
  const some = await measure({ kind, minutes, groups: GROUPS });
  const month = monthOf({ empty, some, groups: GROUPS, minutes });
  say(`${kind.title}: counted`);
  return {
    ...kind,
    month,
    alone: times(one, MONTH_MINUTES / minutes),
    alarms: alarmsOfKind(kind),
  };
};

const prove = async (kind: FleetKind): Promise<Proof> => {
  const stretch = { kind, minutes: PROOF_MINUTES };
  const empty = await measureEmpty(kind, PROOF_MINUTES);
  const some = await measure({ ...stretch, groups: GROUPS });
  const counted = await measure({ ...stretch, groups: PROOF_GROUPS });
  const each = times(minus(some, empty), 1 / GROUPS);
  say(`${kind.title}: held against ${PROOF_GROUPS} groups`);
  return {
    title: kind.title,
    groups: PROOF_GROUPS,
    predicted: plus(empty, times(each, PROOF_GROUPS)),
    counted,
  };
};

/** So many alarms come together where they come in tens: a batch of a queue. */
const TENS = 10;

const costsOfAlarms = async (): Promise<readonly AlarmCosts[]> => {
  const costs: AlarmCosts[] = [];
  for (const effect of Object.values(EFFECTS)) {
    const count = (together: number, isTold: boolean): Promise<Counts> =>
      measureAlarm({ effect, together, isTold });
    costs.push({
      title: effect.title,
      alone: await count(1, false),
      aloneTold: await count(1, true),
      inTens: await count(TENS, false),
      inTensTold: await count(TENS, true),
    });
  }
  say('alarms: counted');
  return costs;
};

/** Counts a month for each kind of rule, and what an alarm costs, and writes docs/costs.md. */
const main = async (): Promise<void> => {
  const kinds: KindMonth[] = [];
  for (const kind of Object.values(KINDS)) kinds.push(await monthOfKind(kind));
  const proofs = [await prove(KINDS.thresholds), await prove(KINDS.twoMetrics)];
  writeFileSync(PAGE, pageOf({ kinds, proofs, alarms: await costsOfAlarms() }));
  say(`wrote ${PAGE}`);
};

await main();
