/** A message ends acknowledged, or is seen again after a while. */
export type Disposition =
  | Readonly<{ kind: 'done' }>
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
