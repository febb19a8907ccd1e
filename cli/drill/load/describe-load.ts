import type picocolors from 'picocolors';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, SECOND_MS, secondsBetween } from '#domain/time/instant.ts';
import type { GroupLook } from '../look-at-group.ts';
import { count } from './ceilings.ts';
import type { LoadFigures, Verdict } from './expectations.ts';
import type { LoadPlan } from './load-plan.ts';
import type { MetricCourse } from './read-metrics.ts';
import type { LoadRun } from './send-load.ts';
import { isFailed, resultsOf } from './tally.ts';

type Paint = ReturnType<typeof picocolors.createColors>;

/** Everything that is known of a load once it is over. */
export type LoadStory = Readonly<{
  plan: LoadPlan;
  run: LoadRun;
  figures: LoadFigures;
  /** The looks at the group, during the load and after it. */
  looks: readonly GroupLook[];
  metrics: readonly MetricCourse[];
  /** The id of the first decision by which the group was changed. */
  firstChange?: string;
  verdicts: readonly Verdict[];
}>;

/** A load as people read it: requests, times, capacity, metrics, and each expectation with what was found. */
export const describeLoad = (story: LoadStory, paint: Paint): readonly string[] => [
  `load      ${describeRun(story)}`,
  `requests  ${describeRequests(story)}`,
  `times     ${describeTimes(story)}`,
  `capacity  ${describeCapacity(story)}`,
  ...(story.metrics.length === 0
    ? ['metrics   the group has none in tidegate.yml']
    : story.metrics.map((each) => `metrics   ${describeCourse(each)}`)),
  '',
  ...story.verdicts.map(
    ({ expected, isMet, found }) =>
      `  ${isMet ? paint.green('✓') : paint.red('✗')} ${expected}: ${found}`,
  ),
];

const describeRun = ({ plan, run }: LoadStory): string => {
  const lasted = describeSeconds(secondsBetween(run.startedAt, run.endedAt));
  return `${plan.shape} to ${count(plan.rate)} requests a second on ${plan.target.href}; it lasted ${lasted}, and ${run.end.detail}`;
};

/** Beyond this the machine was late, and times say less. */
const LATE_MS = 500;

const describeRequests = ({ run: { sent, samples, skipped, lagMs } }: LoadStory): string => {
  const failed = samples.filter((sample) => isFailed(sample));
  const causes = Object.entries(resultsOf(failed)).map(
    ([result, times]) => `${result}: ${count(times)}`,
  );
  return [
    `${count(sent)} sent, ${count(samples.length)} ended, ${count(failed.length)} failed${causes.length === 0 ? '' : ` (${causes.join(', ')})`}`,
    ...(skipped === 0 ? [] : [`${count(skipped)} left out because this machine was late`]),
    ...(lagMs < LATE_MS ? [] : [`this machine was late by up to ${Math.round(lagMs)} ms`]),
  ].join('; ');
};

const describeTimes = ({ figures: { p50, p95, p99 } }: LoadStory): string =>
  p50 === undefined || p95 === undefined || p99 === undefined
    ? 'no request was answered well'
    : `p50 ${Math.round(p50)} ms, p95 ${Math.round(p95)} ms, p99 ${Math.round(p99)} ms, from when each was due`;

const describeCapacity = ({ looks, run, figures, firstChange }: LoadStory): string => {
  const [first] = looks;
  const last = looks.at(-1);
  if (first === undefined || last === undefined) return 'the group was not seen';
  const most = Math.max(...looks.map(({ desired }) => desired));
  const change = figures.changeSeconds;
  const served = looks.find(({ inService }) => inService > first.inService);
  return [
    `${first.desired} → ${last.desired}, at most ${most}`,
    change === undefined
      ? 'Tidegate changed nothing'
      : `first change after ${describeSeconds(change)} (${firstChange})`,
    ...(served === undefined ? [] : [`more in service after ${since(run.startedAt, served.at)}`]),
  ].join('; ');
};

const since = (startedAt: Instant, at: Instant): string =>
  describeSeconds(Math.round((at - startedAt) / SECOND_MS));

const describeCourse = ({ name, before, least, most, last, trouble }: MetricCourse): string => {
  if (trouble !== undefined) return `${name}: CloudWatch gave none (${trouble})`;
  if (least === undefined || most === undefined || last === undefined) {
    return `${name}: CloudWatch has no value of this time`;
  }
  const earlier = before === undefined ? 'no value before' : `${rounded(before)} before`;
  return `${name}: ${earlier}, then ${rounded(least)} to ${rounded(most)}, ${rounded(last)} at the end`;
};

const rounded = (value: number): string => String(Number(value.toPrecision(4)));
