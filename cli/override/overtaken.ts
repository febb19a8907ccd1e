import { type CommandFailure, failure } from '#cli/output/failure.ts';

/** The override changed while the command was at work; nothing was written. */
export const overtaken = (): CommandFailure =>
  failure(
    'overtaken',
    'somebody else changed the same override at the same time',
    'nothing was written; see what holds now: tidegate overrides',
  );
