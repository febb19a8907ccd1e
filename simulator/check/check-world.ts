import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Cloud } from '../cloud.ts';
import type { HistoryEvent, Invocation } from '../history.ts';
import type { Views } from './views.ts';

/** The world of a checker: the truth, and what each invocation was told. */
export type CheckWorld = Readonly<{
  timeline: Timeline;
  cloud: Cloud;
  /** True once no fault strikes any more. */
  isQuiet: () => boolean;
  views: Views;
  /** The configuration that an invocation runs with. */
  configurationOf: (invocation: Invocation) => Configuration;
  /** The configuration in the end. */
  configuration: () => Configuration;
}>;

/** One test of a promise: `true` when it held, or the sentence that says how it was broken. */
export type Judgement = true | string;

/** A watch looks at every event of a run and at its end, and judges wherever its promise applies. */
export type Watch = Readonly<{
  onEvent?: (event: HistoryEvent) => readonly Judgement[];
  atEnd?: () => readonly Judgement[];
}>;

/** A promise of Tidegate, and how it is checked. It never asks the code that it judges. */
export type Checker = Readonly<{
  id: string;
  promise: string;
  watch: (world: CheckWorld) => Watch;
}>;

/** Clocks of two environments are at most this far apart. */
export const SKEW_MS = 4_000;

export const groupBy = (
  configuration: Configuration,
  autoScalingGroup: string,
): Group | undefined =>
  configuration.groups.find((group) => group.autoScalingGroup === autoScalingGroup);

/**
 * `unless` tests a promise once: the claim holds, or the sentence says how it is broken. Where a promise
 * says nothing a checker returns no judgement, so that the count of judgements is the count of tests.
 */
export const unless = (claim: boolean, sentence: () => string): readonly [Judgement] => [
  claim || sentence(),
];
