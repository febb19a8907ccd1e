import { runDay } from '#simulator/day/day.ts';
import { alarmsOfKind, configurationOf, type FleetKind, membersOf } from './fleets.ts';
import { createMeter } from './meter.ts';
import type { Counts } from './prices.ts';

export type Stretch = Readonly<{ kind: FleetKind; groups: number; minutes: number }>;

/** Counts what is left without groups; the page of alarms that any number of them asks for belongs to it. */
export const measureEmpty = async (kind: FleetKind, minutes: number): Promise<Counts> => {
  const counts = await measure({ kind, minutes, groups: 0 });
  return { ...counts, alarmCalls: alarmsOfKind(kind) > 0 ? minutes : 0 };
};

/** Runs groups of a kind in the simulator, each with the usual day of people, and counts. */
export const measure = async ({ kind, groups, minutes }: Stretch): Promise<Counts> => {
  const meter = createMeter();
  await runDay({
    configuration: configurationOf(kind, groups),
    members: membersOf(kind, groups),
    seed: 1,
    hasAccidents: false,
    listen: meter.listen,
    onCloud: meter.onCloud,
    onSample: () => undefined,
    minutes,
    pause: async () => undefined,
  });
  return meter.read();
};
