import type { Launch } from './group-history.ts';
import { ascending, quantileOfSorted } from './median.ts';

/** The time from a launch to service, as a group's own launches had it. */
export type BootTimes = Readonly<{
  launches: number;
  /** The share of launches that failed, from 0 to 1. */
  failed: number;
  /** Seconds, in ascending order: the distribution itself. */
  seconds: readonly number[];
  median: number;
  p90: number;
  longest: number;
}>;

/** Fewer launches say too little of the next one. */
const FEWEST_LAUNCHES = 5;

/** The distribution of boot times of new instances; undefined when fewer than five launches came to their end. */
export const bootTimesOf = (launches: readonly Launch[]): BootTimes | undefined =>
  timesOf(launches.filter(({ isStart }) => isStart !== true));

/** The same of instances that were started out of the warm pool. */
export const startTimesOf = (launches: readonly Launch[]): BootTimes | undefined =>
  timesOf(launches.filter(({ isStart }) => isStart === true));

const timesOf = (launches: readonly Launch[]): BootTimes | undefined => {
  const seconds = launches.flatMap(({ bootSeconds }) => bootSeconds ?? []).sort(ascending);
  if (seconds.length < FEWEST_LAUNCHES) return undefined;
  return {
    launches: launches.length,
    failed: (launches.length - seconds.length) / launches.length,
    seconds,
    median: quantileOfSorted(seconds, 0.5),
    p90: quantileOfSorted(seconds, 0.9),
    longest: quantileOfSorted(seconds, 1),
  };
};
