import type { Mark } from './data.ts';

/** The kinds of decisions that people tell apart; a change of capacity is two, by its direction. */
export type MarkKind = Exclude<Mark['kind'], 'scaled'> | 'out' | 'in';

/** The kind of a decision, which gives its mark a shape and a colour. */
export const kindOfMark = ({ kind, change }: Pick<Mark, 'kind' | 'change'>): MarkKind => {
  if (kind !== 'scaled') return kind;
  return change !== undefined && change.to < change.from ? 'in' : 'out';
};

/** Each kind as people read it, in the order of the filter, with a sign that needs no colour. */
export const MARK_KINDS: Readonly<Record<MarkKind, Readonly<{ sign: string; name: string }>>> = {
  out: { sign: '▲', name: 'scaled out' },
  in: { sign: '▼', name: 'scaled in' },
  replaced: { sign: '◆', name: 'replaced targets' },
  'at-max': { sign: '■', name: 'at its maximum' },
  blocked: { sign: '✕', name: 'blocked' },
  failed: { sign: '✕', name: 'failed' },
  override: { sign: '◇', name: 'taken in hand' },
  foreign: { sign: '◇', name: 'changed by others' },
  flapping: { sign: '≈', name: 'flapping' },
  membership: { sign: '◇', name: 'joined or left a fleet' },
  planned: { sign: '…', name: 'in flight' },
  held: { sign: '●', name: 'held' },
};
