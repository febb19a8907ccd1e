import { failure } from '#cli/output/failure.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { didYouMean, nearest } from '#parse/configuration/nearest.ts';
import { readDuration } from '#parse/configuration/words/duration.ts';
import { count, LOAD_CEILINGS } from './ceilings.ts';
import { type Expectation, expectationsIn } from './expectations.ts';
import { SHAPES, type Shape, type Stage, stagesOf, totalOf } from './shapes.ts';

/** The options of `drill load` as they are written on the command line. */
export type LoadOptions = Readonly<{
  target?: string | undefined;
  group?: string | undefined;
  shape?: string | undefined;
  rate?: string | undefined;
  for?: string | undefined;
  after?: string | undefined;
  expect?: readonly string[] | undefined;
  yesThisIsMine?: true | undefined;
}>;

/** A load that is within its ceilings, and what is expected of it. */
export type LoadPlan = Readonly<{
  target: URL;
  group: string;
  shape: Shape;
  /** Requests a second at the top. */
  rate: number;
  seconds: number;
  stages: readonly Stage[];
  /** Requests in all. */
  total: number;
  /** Seconds for which the group is looked at after the load. */
  afterSeconds: number;
  expectations: readonly Expectation[];
}>;

const USUAL_RATE = 20;
const USUAL_SECONDS = 600;
const USUAL_AFTER_SECONDS = 120;
const LONGEST_AFTER_SECONDS = 3_600;

/** The load that options ask for. Throws what is wrong with it, and where it is above a ceiling. */
export const loadPlanOf = (options: LoadOptions): LoadPlan => {
  const target = targetIn(required('target', options.target));
  const group = required('group', options.group);
  const shape = shapeIn(required('shape', options.shape));
  const rate = rateIn(options.rate);
  const seconds = secondsIn('--for', options.for ?? `${USUAL_SECONDS}s`, {
    least: 1,
    most: LOAD_CEILINGS.seconds,
  });
  const afterSeconds = secondsIn('--after', options.after ?? `${USUAL_AFTER_SECONDS}s`, {
    least: 0,
    most: LONGEST_AFTER_SECONDS,
  });
  const stages = stagesOf(shape, rate, seconds);
  return {
    target,
    group,
    shape,
    rate,
    seconds,
    stages,
    total: withinTotal(totalOf(stages)),
    afterSeconds,
    expectations: expectationsIn(options.expect ?? []),
  };
};

/** `up to 200 requests a second for 10 min, 82,000 in all, over at most 500 connections, to https://…`. */
export const describePlan = ({ shape, rate, seconds, total, target }: LoadPlan): string =>
  `${shape} to ${count(rate)} requests a second for ${describeSeconds(seconds)}, ${count(total)} in all, over at most ${LOAD_CEILINGS.connections} connections, to ${target.href}`;

const required = (name: 'target' | 'group' | 'shape', value: string | undefined): string => {
  if (value !== undefined && value.trim() !== '') return value;
  throw failure(
    'usage',
    `drill load needs --${name}`,
    'such as: tidegate drill load --target https://www.example.com/ --group web --shape spike',
  );
};

const targetIn = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw failure(
      'usage',
      `--target: found "${text}", expected an address that begins with http:// or https://`,
      'such as: --target https://www.example.com/',
    );
  }
  if (url.username === '' && url.password === '') return url;
  throw failure(
    'usage',
    '--target: found a user name or a password in the address, expected none',
    'it would stand in reports and logs: choose a page that needs no signing in',
  );
};

const shapeIn = (text: string): Shape => {
  const shapes = Object.keys(SHAPES);
  if (shapes.includes(text)) return text as Shape;
  throw failure(
    'usage',
    `--shape: found "${text}", expected ${shapes.join(', ')}`,
    didYouMean(nearest(text, shapes)).suggestion,
  );
};

const rateIn = (text = String(USUAL_RATE)): number => {
  const rate = Number(text);
  if (/^\d+$/.test(text) && rate >= 1 && rate <= LOAD_CEILINGS.rate) return rate;
  throw failure(
    'usage',
    `--rate: found "${text}", expected whole requests a second from 1 to ${LOAD_CEILINGS.rate}`,
    'the ceiling is fixed: a drill tries a fleet, it does not bring one down',
  );
};

const secondsIn = (
  option: string,
  text: string,
  { least, most }: Readonly<{ least: number; most: number }>,
): number => {
  const found = readDuration(text);
  if (found.ok && found.value >= least && found.value <= most) return found.value;
  throw failure(
    'usage',
    `${option}: found "${text}", expected a duration from ${least}s to ${most / 60}m`,
    `such as: ${option} 2m`,
  );
};

const withinTotal = (total: number): number => {
  if (total <= LOAD_CEILINGS.requests) return total;
  throw failure(
    'usage',
    `the load would be ${count(total)} requests, and at most ${count(LOAD_CEILINGS.requests)} are sent`,
    'give a lower --rate or a shorter --for',
  );
};
