/** How a message ends: acknowledged, or seen again after a while. */
export type Disposition =
  | Readonly<{ kind: 'done' }>
  | Readonly<{ kind: 'retry'; error: Error; afterSeconds?: number }>;

export const done: Disposition = { kind: 'done' };
