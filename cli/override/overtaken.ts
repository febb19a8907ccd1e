import { type CommandFailure, failure } from '#cli/output/failure.ts';

/** The override changed while the command was at work; nothing was written. */
export const overtaken = (): CommandFailure =>
  failure('overtaken', 'somebody else was faster', 'look again: tidegate overrides');
