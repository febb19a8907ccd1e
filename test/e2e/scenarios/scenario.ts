import type { Check } from '../harness/checks.ts';
import type { Probe } from '../harness/probe.ts';
import type { System } from '../harness/system.ts';

/** A story on the deployed system, told in checks; its first check that fails ends it. */
export type Scenario = Readonly<{
  name: string;
  run: (system: System, probe: Probe, check: Check) => Promise<void>;
}>;
