/** A message ends acknowledged, or is seen again after a while. */
export type Disposition =
  | Readonly<{
      kind: 'done';
      /** Nobody looked at the group to the end; the next sweep does. */
      isLeftToSweep?: true;
    }>
  | Readonly<{
      kind: 'retry';
      error: Error;
      afterSeconds?: number;
      /** Nothing is wrong: it is only not its turn yet. */
      isExpected?: true;
      /** Received so often, it is done instead: the sweep looks at what is left. */
      receivesAtMost?: number;
    }>;

export const done: Disposition = { kind: 'done' };

export const leftToSweep: Disposition = { kind: 'done', isLeftToSweep: true };

/** True when a look came to its end: whatever asked for it before it began is answered. */
export const isEnded = (disposition: Disposition): boolean =>
  disposition.kind === 'done' && disposition.isLeftToSweep !== true;
