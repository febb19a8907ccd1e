import type { Announced } from '#domain/ledger/head.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { describeOverride, inForce, type Override } from '#domain/ledger/override.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { newsOfGroup } from './news-of-group.ts';
import type { Observation } from './observation.ts';

/** News about a group's override, and what is remembered as told. */
export type OverrideNews = Readonly<{ outcomes: readonly Outcome[]; announced?: Announced }>;

/** An override that lasts long enough is recalled so long before it ends. */
const RECALLED_MS = 10 * MINUTE_MS;

/**
 * An override is told when it begins, once more shortly before its end, and when it is over. All of
 * that follows from comparing it with what the head remembers as told.
 */
export const overrideNews = (observation: Observation): OverrideNews => {
  const { override, head, now } = observation;
  const told = head.announced;
  const current = inForce(override, now);
  if (current === undefined)
    return told === undefined ? { outcomes: [] } : ended(observation, told);
  if (current.id !== told?.override.id) return begun(observation, current, told);
  if (told.isEnding || !isEnding(current, now)) return { outcomes: [], announced: told };

  const outcome = newsOfGroup(observation, 'OverrideEnding', {
    id: `${current.id}-ending`,
    what: `is ${describeOverride(current)}; after that its rules decide again`,
  });
  return { outcomes: [outcome], announced: { override: current, isEnding: true } };
};

/** True when something is to be told, or to be forgotten. */
export const isOverrideNews = (observation: Observation): boolean =>
  overrideNews(observation).announced !== observation.head.announced;

const begun = (
  observation: Observation,
  override: Override,
  told: Announced | undefined,
): OverrideNews => {
  const instead = told === undefined ? '' : ` (before: ${describeOverride(told.override)})`;
  const what = `is ${describeOverride(override)}${instead}`;
  return {
    outcomes: [newsOfGroup(observation, 'OverrideSet', { id: override.id, what })],
    announced: { override, isEnding: isEnding(override, observation.now) },
  };
};

const ended = (observation: Observation, { override }: Announced): OverrideNews => {
  const { kind, by } = override;
  const what = `is under its rules again: the ${kind} of ${by} ${howItEnded(observation, override)}`;
  return {
    outcomes: [newsOfGroup(observation, 'OverrideEnded', { id: `${override.id}-ended`, what })],
  };
};

/** The stored override says so, if a person ended it; else its time was over, or it was deleted. */
const howItEnded = ({ override, now }: Observation, told: Override): string => {
  if (override?.id === told.id && override.ended !== undefined) {
    const { by, reason } = override.ended;
    return `was ended by ${by}${reason === undefined ? '' : `: ${reason}`}`;
  }
  return now < told.until ? 'was deleted' : `was over at ${describeInstant(told.until)}`;
};

const isEnding = ({ since, until }: Override, now: number): boolean =>
  until - now <= RECALLED_MS && until - since > 2 * RECALLED_MS;
