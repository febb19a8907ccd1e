/** Maps values of a domain to pixels, linearly. */
export type Axis = Readonly<{
  of: (value: number) => number;
  /** Round values of the domain to write at the axis. */
  ticks: readonly number[];
}>;

/** An axis from zero to a round value that is not below the largest; about four ticks. */
export const valueAxis = (largest: number, [bottom, top]: readonly [number, number]): Axis => {
  const step = roundStep(Math.max(largest, 1) / 4);
  const end = step * Math.ceil(Math.max(largest, 1) / step);
  const count = Math.round(end / step) + 1;

  return {
    of: (value) => bottom + ((top - bottom) * Math.min(value, end)) / end,
    ticks: Array.from({ length: count }, (_, index) => index * step),
  };
};

/**
 * A logarithmic axis from a power of ten that is not above the smallest value to a round value that is
 * not below the largest; it shows the usual and the dreadful at once.
 */
export const logAxis = (
  [smallest, largest]: readonly [number, number],
  [bottom, top]: readonly [number, number],
): Axis => {
  const low = 10 ** Math.floor(Math.log10(smallest > 0 ? smallest : 1));
  const high = Math.max(roundStep(Math.max(largest, low)), low * 10);
  const share = (value: number): number =>
    Math.log(Math.min(Math.max(value, low), high) / low) / Math.log(high / low);
  const powers = Math.ceil(Math.log10(high / low) - 1e-9);
  const factors = high / low <= 1_000 ? [1, 2, 5] : [1];
  const ticks = Array.from({ length: powers + 1 }, (_, power) => low * 10 ** power).flatMap(
    (power) => factors.map((factor) => Number((factor * power).toPrecision(1))),
  );

  return {
    of: (value) => bottom + (top - bottom) * share(value),
    ticks: ticks.filter((tick) => tick <= high),
  };
};

const HOUR_MS = 3_600_000;
/** Hours between two ticks, from fine to coarse. */
const HOUR_STEPS = [0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 168];

/** An axis over instants with ticks at round hours of UTC, no more of them than there is room for. */
export const timeAxis = (
  [from, to]: readonly [number, number],
  [left, right]: readonly [number, number],
  room = 12,
): Axis => {
  const span = Math.max(to - from, 1);
  const step = (HOUR_STEPS.find((hours) => span / (hours * HOUR_MS) <= room) ?? 720) * HOUR_MS;
  const first = Math.ceil(from / step) * step;
  const count = Math.max(0, Math.floor((to - first) / step) + 1);

  return {
    of: (instant) => left + ((right - left) * (instant - from)) / span,
    ticks: Array.from({ length: count }, (_, index) => first + index * step),
  };
};

/** 1, 2 or 5 times a power of ten, not below the value. */
const roundStep = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((each) => each * power >= value * (1 - 1e-9)) ?? 10;
  return factor * power;
};
