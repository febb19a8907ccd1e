import type { GateStage, TraceLine } from '#domain/ledger/decision.ts';
import { bounds } from './gates/bounds.ts';
import { cooldown } from './gates/cooldown.ts';
import { foreignWriter } from './gates/foreign-writer.ts';
import type { Gate, Verdict } from './gates/gate.ts';
import { guarded } from './gates/guards.ts';
import { launches } from './gates/launches.ts';
import { limits } from './gates/limits.ts';
import { obstacles } from './gates/obstacles.ts';
import { optIn } from './gates/opt-in.ts';
import { override } from './gates/override.ts';
import { protection } from './gates/protection.ts';
import { rollBack } from './gates/roll-back.ts';
import { stabilisation } from './gates/stabilisation.ts';
import { suspendedProcesses } from './gates/suspended-processes.ts';
import { warmUp } from './gates/warm-up.ts';
import { currentCapacity, type GroupObservation } from './observation.ts';

/**
 * The gates in the order in which they are passed; what moves a capacity further asks the guards again. A
 * stage without its gate does not compile, and neither does a gate under the stage of another one.
 */
export const GATES: { readonly [S in GateStage]: Gate<S> } = {
  'opt-in': optIn,
  override,
  'suspended-processes': suspendedProcesses,
  obstacles,
  'foreign-writer': foreignWriter,
  launches,
  stabilisation,
  limits,
  cooldown,
  'warm-up': warmUp,
  protection,
  'roll-back': rollBack,
  bounds,
};

export type Passage = Readonly<{ capacity: number; trace: readonly TraceLine[] }>;

/** Leads a wanted capacity through every gate; what comes out may be acted on. */
export const applyGates = (wanted: number, observation: GroupObservation): Passage => {
  const current = currentCapacity(observation);
  const trace: TraceLine[] = [];
  let capacity = wanted;

  for (const { stage, check } of Object.values<Gate>(GATES)) {
    const verdict = guarded(check(capacity, observation), capacity, observation);
    capacity = after(verdict, capacity, current);
    trace.push(lineOf(stage, verdict, capacity));
    if (verdict.kind === 'stop') break;
  }

  return { capacity, trace };
};

const after = (verdict: Verdict, capacity: number, current: number): number => {
  switch (verdict.kind) {
    case 'pass':
      return capacity;
    case 'bend':
      return verdict.capacity;
    case 'hold':
    case 'stop':
      return current;
  }
};

const lineOf = (stage: GateStage, verdict: Verdict, capacity: number): TraceLine => {
  const { kind, detail } = verdict;
  if (kind === 'pass') return { stage, verdict: 'pass', reason: 'Passed', detail, capacity };

  return {
    stage,
    verdict: kind === 'bend' ? 'bend' : 'hold',
    reason: verdict.reason,
    detail,
    capacity,
  };
};
