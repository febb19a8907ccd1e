import { database } from './database.ts';
import type { Drill } from './drill.ts';
import { ended } from './ended.ts';
import { gradual } from './gradual.ts';
import { launches } from './launches.ts';
import { sick } from './sick.ts';
import { spike } from './spike.ts';
import { sustained } from './sustained.ts';

/** Every drill, in the order in which they run. */
export const DRILLS: readonly Drill[] = [
  gradual,
  spike,
  sustained,
  ended,
  sick,
  database,
  launches,
];
