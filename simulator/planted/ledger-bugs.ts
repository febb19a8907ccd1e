import type { Bug } from './bug.ts';

/** Mistakes in planning, carrying out and recovering. */
export const LEDGER_BUGS: readonly Bug[] = [
  {
    name: 'the ledger writes without its condition',
    file: 'simulator/services/table.ts',
    find: "(isMet(items, write) ? 'None' : 'ConditionalCheckFailed')",
    replace: "(items && write ? 'None' : 'ConditionalCheckFailed')",
  },
  {
    name: 'a lost plan is carried out all the same',
    file: 'shared/app/capacity/scale-group.ts',
    find: "if (!(await ports.ledger.write(decision.group, planned, entry))) return 'again';",
    replace: 'await ports.ledger.write(decision.group, planned, entry);',
  },
  {
    name: 'a plan in flight is overlooked',
    file: 'shared/app/capacity/scale-group.ts',
    find: 'if (inFlight) return',
    replace: 'if (inFlight && observation.now < 0) return',
  },
  {
    name: 'others do not wait for a plan in flight',
    file: 'shared/domain/capacity/decide-recovery.ts',
    find: 'if (observation.now - inFlight.claimedAt < IN_FLIGHT_MS)',
    replace: 'if (observation.now - inFlight.claimedAt < 0)',
  },
  {
    name: 'a recovery computes a new number',
    file: 'shared/app/capacity/carry-out-capacity.ts',
    find: 'ports.setCapacity(autoScalingGroup, to)',
    replace: 'ports.setCapacity(autoScalingGroup, to + 1)',
  },
  {
    name: 'a recovery is not claimed',
    file: 'shared/app/capacity/recover-capacity.ts',
    find: "if (!(await ports.ledger.write(decision.group, planned))) return 'again';",
    replace: '',
  },
  {
    name: 'a refusal begins a cooldown for ever',
    file: 'shared/domain/capacity/next-scale-head.ts',
    find: "return outcome.kind === 'scaled'",
    replace: "return outcome.kind !== 'blocked'",
  },
  {
    name: 'the cooldown is never begun',
    file: 'shared/domain/capacity/next-scale-head.ts',
    find: '? { ...next, last, ...changeOf(next, decision, at) }',
    replace: '? { ...next, last }',
  },
  {
    name: 'a record that the table refuses stops the decision',
    file: 'shared/aws/dynamodb/write-if-unchanged.ts',
    find: 'if (bare === undefined) throw thrown;',
    replace: 'if (bare !== null) throw thrown;',
    theme: 'large',
  },
  {
    name: 'a record beside its entry lacks a piece',
    file: 'shared/aws/dynamodb/ledger-entry.ts',
    find: '...pieces.map((piece, index) => ({',
    replace: '...pieces.slice(1).map((piece, index) => ({',
  },
  {
    name: 'a call that acts is tried again by the SDK',
    file: 'shared/aws/client/client-options.ts',
    find: 'export const ACTING_ATTEMPTS = 1;',
    replace: 'export const ACTING_ATTEMPTS: number = 3;',
  },
  {
    name: 'a group that is busy waits for the sweep',
    file: 'shared/app/capacity/retry-after-refusal.ts',
    find: 'return lookAgainSoon(error);',
    replace: 'return error ? done : lookAgainSoon(error);',
  },
];
