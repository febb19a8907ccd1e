import * as z from 'zod';
import type { FailureData } from '#cli/drill/failure/run-failure.ts';
import type { LoadData } from '#cli/drill/load/report-load.ts';
import type { DrillStep } from '#cli/drill/step.ts';
import { count, instant, objectOf, recorded, text } from './parts.ts';

const step = objectOf<DrillStep>({
  hop: text,
  isPassed: z.boolean(),
  afterMs: count.optional(),
  detail: text,
  help: text.optional(),
});

export const drill = z.object({ drill: text, startedAt: instant, steps: z.array(step) });

const figure = z.number().min(0).optional();

const figures = objectOf<LoadData['figures']>({
  failedPercent: figure,
  p50: figure.describe('Milliseconds from when a request was due, as the next two.'),
  p95: figure,
  p99: figure,
  capacity: figure.describe('The most units that were in service.'),
  changeSeconds: figure.describe('Until the first change that was carried out.'),
});

const requests = objectOf<LoadData['requests']>({
  sent: count,
  ended: count,
  failed: count,
  skipped: count.describe('Left out because the machine was late.'),
  results: z.record(text, count).describe('By status, or by why there was no answer.'),
});

const look = objectOf<LoadData['looks'][number]>({
  at: instant,
  desired: z.number(),
  inService: z.number(),
});

const course = objectOf<LoadData['metrics'][number]>({
  name: text,
  before: z.number().optional(),
  least: z.number().optional(),
  most: z.number().optional(),
  last: z.number().optional(),
  points: count,
  trouble: text.optional(),
});

const verdict = objectOf<LoadData['verdicts'][number]>({
  expected: text,
  isMet: z.boolean(),
  found: text,
});

export const drillLoad = objectOf<LoadData & { drill: string; decisions: unknown }>({
  drill: text,
  startedAt: instant,
  endedAt: instant,
  group: text,
  target: text,
  shape: text,
  rate: count,
  seconds: count,
  end: z.object({ by: z.enum(['time', 'person', 'errors', 'pause', 'unseen']), detail: text }),
  requests,
  figures,
  looks: z.array(look),
  metrics: z.array(course),
  verdicts: z.array(verdict),
  decisions: z.array(recorded),
});

export const drillFailure = objectOf<FailureData>({
  drill: text,
  startedAt: instant,
  group: text,
  instance: text,
  wholeAfterMs: count.optional().describe('Absent where the group was not whole in time.'),
  seen: z.array(z.object({ at: instant, text })),
  decisions: z.array(recorded),
});
