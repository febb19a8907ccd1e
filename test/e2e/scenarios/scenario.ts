import type { Check } from '#test/e2e/harness/checks.ts';
import type { Probe } from '#test/e2e/harness/probe.ts';
import type { System } from '#test/e2e/harness/system.ts';

/** A story on the deployed system, told in checks; its first check that fails ends it. */
export type Scenario = Readonly<{
  name: string;
  run: (system: System, probe: Probe, check: Check) => Promise<void>;
}>;
