import { inForce, type Override } from '#domain/ledger/override.ts';
import type { Instant } from '#domain/time/instant.ts';
import { OverrideRefused } from './override-refused.ts';

/** The overrides of a deployment. */
export type Overrides = Readonly<{
  read: (group: string) => Promise<Override | undefined>;
  /** False when the stored override is not the one that was read. */
  write: (group: string, override: Override, read: Override | undefined) => Promise<boolean>;
}>;

/** Writes an override; the answer is the one that it replaces, if one was in force. Throws when somebody else was faster. */
export const putOverride = async (
  overrides: Overrides,
  group: string,
  override: Override,
): Promise<Override | undefined> => {
  const before = await overrides.read(group);
  if (!(await overrides.write(group, override, before))) throw overtaken();
  return inForce(before, override.since);
};

/** The person who ends an override, when, and why if they said so. */
export type OverrideEnd = Readonly<{ by: string; at: Instant; reason?: string }>;

/** An override that was ended before its time, as it was and as it is. */
export type EndedOverride = Readonly<{ before: Override; ended: Override }>;

/** Ends the override that is in force; nothing when none is. Throws when somebody else was faster. */
export const endOverride = async (
  overrides: Overrides,
  group: string,
  end: OverrideEnd,
): Promise<EndedOverride | undefined> => {
  const before = inForce(await overrides.read(group), end.at);
  if (before === undefined) return undefined;
  const ended = { ...before, ended: end };
  if (!(await overrides.write(group, ended, before))) throw overtaken();
  return { before, ended };
};

/** The override changed while somebody was at work; nothing was written. */
const overtaken = (): OverrideRefused =>
  new OverrideRefused(
    'overtaken',
    'somebody else changed the same override at the same time',
    'nothing was written; see what holds now: tidegate overrides',
  );
