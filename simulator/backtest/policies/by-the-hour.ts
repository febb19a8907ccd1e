import type { Policy, View } from '../policy.ts';
import { at } from '../series.ts';
import type { World } from '../world.ts';
import { ceil } from './arithmetic.ts';

const HOUR_SECONDS = 3_600;
const HOURS_OF_A_WEEK = 168;

/** Requests in a second by hour of the trace, as far as samples have come. */
type Hours = Readonly<{
  /** The largest mean of five minutes in an hour, and the mean of the hour. */
  largest: number[];
  mean: number[];
  learn: (view: View) => void;
}>;

/** Learns the demand of each whole hour from the samples that can be seen, each once. */
const createHours = (): Hours => {
  const [largest, mean]: [number[], number[]] = [[], []];
  let next = 0;
  let [sum, count, five, fives] = [0, 0, 0, 0];

  const learn = ({ samples, visible }: View): void => {
    const { periodSeconds } = samples;
    for (; next < visible; next += 1) {
      const hour = Math.floor((next * periodSeconds) / HOUR_SECONDS);
      if (hour > mean.length) {
        mean.push(sum / Math.max(1, count));
        [sum, count, five, fives] = [0, 0, 0, 0];
      }
      const rate = at(samples.requests, next) / periodSeconds;
      sum += rate;
      count += 1;
      five += rate;
      fives += 1;
      if (fives * periodSeconds >= 300) {
        largest[hour] = Math.max(largest[hour] ?? 0, five / fives);
        [five, fives] = [0, 0];
      }
    }
  };
  return { largest, mean, learn };
};

/** The hour of the trace that a moment lies in. */
const hourOf = (seconds: number): number => Math.floor(seconds / HOUR_SECONDS);

export type Scheduled = Readonly<{
  /** Requests in a second for each instance. */
  target: number;
}>;

/**
 * Scheduled scaling as an operator would set it up once: for each hour of the day the largest demand that this
 * hour had in the part of the trace that is not judged, set at the begin of the hour and never changed since.
 */
export const scheduled = ({ target }: Scheduled): Policy => ({
  name: 'scheduled',
  looks: [0],
  start: (world) => {
    const hours = createHours();
    const learnedUntil = world.firstScored * world.conditions.tickSeconds;
    return (view) => {
      if (view.now <= learnedUntil) hours.learn(view);
      const demand = largestAt(hours.largest, hourOf(view.now) % 24, 24);
      return demand === undefined ? view.desired : ceil(demand / target);
    };
  },
});

const largestAt = (hours: readonly number[], first: number, every: number): number | undefined => {
  let largest: number | undefined;
  for (let hour = first; hour < hours.length; hour += every) {
    largest = Math.max(largest ?? 0, hours[hour] ?? 0);
  }
  return largest;
};

export type Predictive = Readonly<{
  /** Requests in a second for each instance, as of the dynamic policy beside it. */
  target: number;
  /** SchedulingBufferTime: so long before the hour its capacity is launched. */
  bufferSeconds: number;
}>;

const REFRESH_SECONDS = 6 * HOUR_SECONDS;

/**
 * Predictive scaling in the mode forecast and scale: an hourly forecast, made anew every six hours, is a floor
 * under a dynamic policy and never scales in. AWS does not publish its model; a mean of yesterday's and last
 * week's same hour stands for it, which needs a day of history
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-predictive-scaling.html).
 */
export const predictive = (settings: Predictive, dynamic: Policy): Policy => ({
  ...dynamic,
  name: `predictive with ${dynamic.name}`,
  start: (world) => decideWithFloor(settings, world, dynamic),
});

const decideWithFloor = (
  { target, bufferSeconds }: Predictive,
  world: World,
  dynamic: Policy,
): ReturnType<Policy['start']> => {
  const decide = dynamic.start(world);
  const hours = createHours();
  let forecast: readonly (number | undefined)[] = [];
  let madeAt = Number.NEGATIVE_INFINITY;

  return (view) => {
    hours.learn(view);
    if (view.now - madeAt >= REFRESH_SECONDS) {
      forecast = forecastFrom(hours.mean, hourOf(view.now));
      madeAt = view.now;
    }
    const ahead = hourOf(view.now + bufferSeconds) - hourOf(madeAt);
    const floor = Math.max(forecast[ahead] ?? 0, forecast[hourOf(view.now) - hourOf(madeAt)] ?? 0);
    return Math.max(decide(view), ceil(floor / target));
  };
};

/** The forecast of two days, from the given hour on; nothing for hours without a past. */
const forecastFrom = (mean: readonly number[], first: number): readonly (number | undefined)[] =>
  Array.from({ length: 48 }, (_, ahead) => {
    const hour = first + ahead;
    const day = mean[hour - 24] ?? mean[hour - 48];
    const week = mean[hour - HOURS_OF_A_WEEK];
    return day === undefined || week === undefined ? (day ?? week) : (day + week) / 2;
  });
