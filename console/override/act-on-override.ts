import type { PageAction, PageAnswer } from '#console/page/data.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { describeOverride } from '#domain/ledger/override.ts';
import type { Instant } from '#domain/time/instant.ts';
import { overrideOf, textIn } from './override-of.ts';
import { OverrideRefused } from './override-refused.ts';
import { endOverride, type Overrides, putOverride } from './write-override.ts';

/** A wish that is about an override. */
export type OverrideAction = Extract<PageAction, { kind: 'pause' | 'pin' | 'cap' | 'resume' }>;

export const isOverrideAction = (action: PageAction): action is OverrideAction =>
  ['pause', 'pin', 'cap', 'resume'].includes(action.kind);

type Surroundings = Readonly<{
  groups: readonly Group[];
  overrides: Overrides;
  user: string;
  now: Instant;
}>;

/** Sets or ends an override as the commands do; a wish that is wrong is answered, and nothing written. */
export const actOnOverride = async (
  action: OverrideAction,
  surroundings: Surroundings,
): Promise<PageAnswer> => {
  const group = surroundings.groups.find(({ name }) => name === action.group);
  if (group === undefined) return { isDone: false, text: `there is no group ${action.group}` };
  try {
    const text =
      action.kind === 'resume'
        ? await resume(group, action.reason, surroundings)
        : await set(group, action, surroundings);
    return { isDone: true, text };
  } catch (thrown) {
    if (!(thrown instanceof OverrideRefused)) throw thrown;
    const { message, help } = thrown;
    return { isDone: false, text: message, ...(help === undefined ? {} : { help }) };
  }
};

const set = async (
  group: Group,
  action: Exclude<OverrideAction, { kind: 'resume' }>,
  { overrides, user, now }: Surroundings,
): Promise<string> => {
  const reason = textIn('the reason', action.reason);
  const wanted =
    action.kind === 'pause'
      ? ({ kind: 'pause' } as const)
      : { kind: action.kind, capacity: action.capacity };
  const override = overrideOf(wanted, { for: action.for, reason, by: user }, { group, now });
  await putOverride(overrides, group.name, override);
  return `${group.name} is ${describeOverride(override)}`;
};

const resume = async (
  { name }: Group,
  said: string,
  { overrides, user, now }: Surroundings,
): Promise<string> => {
  const reason = said.trim() === '' ? {} : { reason: said.trim() };
  const ended = await endOverride(overrides, name, { by: user, at: now, ...reason });
  return ended === undefined
    ? `${name} is under its rules already: nothing holds it`
    : `${name} is under its rules again; it was ${describeOverride(ended.before)}`;
};
