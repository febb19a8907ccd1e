import type { Group } from '#domain/configuration/configuration.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type EndOptions, endOf } from './override-end.ts';
import { refused } from './override-refused.ts';

/** The override that somebody asks for. */
export type WantedOverride =
  | Readonly<{ kind: 'pause' }>
  | Readonly<{ kind: 'pin' | 'cap'; capacity: number }>;

/** The words that go with it. */
export type OverrideWords = EndOptions & Readonly<{ reason: string; by: string }>;

/** The override that somebody asks for, from now on. Throws what is wrong with it. */
export const overrideOf = (
  wanted: WantedOverride,
  { reason, by, ...end }: OverrideWords,
  { group, now }: Readonly<{ group: Group; now: Instant }>,
): Override => {
  const until = endOf(end, now);
  refuseBeyond(wanted, group);
  const id = `${group.name}-${wanted.kind}-${stampOf(now)}`;
  return { id, ...wanted, by, reason, since: now, until };
};

/** Trims the text of an option. Throws when nothing is left. */
export const textIn = (option: string, text: string): string => {
  const said = text.trim();
  if (said !== '') return said;
  throw refused(`${option} is empty`, `write a text, such as ${option} "moving the database"`);
};

/** Bounds of tidegate.yml stand above a person's word: they are what the fleet is meant to bear. */
const refuseBeyond = (wanted: WantedOverride, { capacity: { min, max } }: Group): void => {
  if (wanted.kind === 'pause') return;
  const { capacity } = wanted;
  if (max !== undefined && capacity > max) {
    throw refused(
      `${capacity} is above the maximum of ${max} in the configuration`,
      'raise capacity.max first, and deploy',
    );
  }
  if (min !== undefined && capacity < min) {
    throw refused(
      `${capacity} is below the minimum of ${min} in the configuration`,
      'lower capacity.min first, and deploy',
    );
  }
};

/** `20260302T090000Z`. */
const stampOf = (since: Instant): string =>
  new Date(since).toISOString().replace(/\.\d+|[-:]/g, '');
