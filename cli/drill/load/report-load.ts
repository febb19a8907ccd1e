import picocolors from 'picocolors';
import { EXIT } from '#cli/exit-codes.ts';
import type { Report } from '#cli/output/perform.ts';
import type { Place } from '#cli/output/place.ts';
import { type Account, isColourful, type Reads, type Terminal } from '#cli/terminal.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';
import { decisionsBetween, describeDecisions, firstChangeIn } from '../decisions-meanwhile.ts';
import type { GroupLook } from '../look-at-group.ts';
import { describeLoad, type LoadStory } from './describe-load.ts';
import { judgeLoad, type LoadFigures } from './expectations.ts';
import { type MetricCourse, readCourses } from './read-metrics.ts';
import type { LoadRun } from './send-load.ts';
import { figuresOf, isFailed, resultsOf } from './tally.ts';

type Ended = Pick<LoadStory, 'plan' | 'run' | 'looks'> & Readonly<{ id: string }>;

/** The place of a load, and its group. */
type Scene = Readonly<{ place: Place; account: Account; reads: Reads; group: Group }>;

/** Reads what CloudWatch and the ledger say of the time of a load, and judges all of it. */
export const reportOnLoad = async (
  { id, plan, run, looks }: Ended,
  { account, reads, group, place }: Scene,
  terminal: Terminal,
): Promise<Report> => {
  const now = terminal.now();
  const { startedAt, end } = run;
  const { readRanges } = await account.recorder();
  const [meanwhile, metrics] = await Promise.all([
    decisionsBetween(reads, group.name, { since: startedAt, until: now }),
    readCourses(readRanges, group.metrics, { startedAt, now }),
  ]);
  const change = firstChangeIn(meanwhile);
  const figures: LoadFigures = {
    ...figuresOf(run.samples),
    ...(looks.length === 0 ? {} : { capacity: Math.max(...looks.map((each) => each.inService)) }),
    ...(change === undefined
      ? {}
      : { changeSeconds: secondsBetween(startedAt, change.settledAt ?? change.at) }),
  };
  const verdicts = [
    { expected: 'the load runs to its end', isMet: end.by === 'time', found: end.detail },
    ...judgeLoad(plan.expectations, figures),
  ];
  const paint = picocolors.createColors(isColourful(terminal));
  const story: LoadStory = {
    plan,
    run,
    figures,
    looks,
    metrics,
    verdicts,
    ...(change === undefined ? {} : { firstChange: change.id }),
  };
  const lines = [
    id,
    ...describeLoad(story, paint),
    '',
    ...describeDecisions(meanwhile, { group: group.name, place }),
  ];
  return {
    text: lines.join('\n'),
    data: { drill: id, ...dataOf(story, group), decisions: meanwhile.decisions },
    exitCode: verdicts.every(({ isMet }) => isMet) ? EXIT.ok : EXIT.invalid,
  };
};

/** The fields of a load in the output for programs. */
export type LoadData = Readonly<{
  startedAt: Instant;
  endedAt: Instant;
  group: string;
  target: string;
  shape: string;
  rate: number;
  seconds: number;
  end: LoadRun['end'];
  requests: Readonly<{
    sent: number;
    ended: number;
    failed: number;
    skipped: number;
    results: Readonly<Record<string, number>>;
  }>;
  figures: LoadFigures;
  looks: readonly GroupLook[];
  metrics: readonly MetricCourse[];
  verdicts: LoadStory['verdicts'];
}>;

const dataOf = (
  { plan, run, figures, looks, metrics, verdicts }: LoadStory,
  group: Group,
): LoadData => ({
  startedAt: run.startedAt,
  endedAt: run.endedAt,
  group: group.name,
  target: plan.target.href,
  shape: plan.shape,
  rate: plan.rate,
  seconds: plan.seconds,
  end: run.end,
  requests: {
    sent: run.sent,
    ended: run.samples.length,
    failed: run.samples.filter((sample) => isFailed(sample)).length,
    skipped: run.skipped,
    results: resultsOf(run.samples),
  },
  figures,
  looks,
  metrics,
  verdicts,
});
