import type { Override } from '#domain/ledger/override.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { Dice } from './dice.ts';

type Wish = Readonly<{ dice: Dice; now: number; name: string }>;

/** Makes an override that a person puts above the rules of a group, for up to twenty minutes. */
export const overrideOf = ({ dice, now, name }: Wish): Override => {
  const kind = dice.one(['pause', 'pin', 'cap'] as const) ?? 'pause';
  const spell = {
    id: `${name}-${kind}-${now}`,
    by: 'ann',
    reason: 'a test',
    since: now,
    until: now + (1 + dice.pick(20)) * MINUTE_MS,
  };
  return kind === 'pause' ? { ...spell, kind } : { ...spell, kind, capacity: dice.pick(12) };
};
