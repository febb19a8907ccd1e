import * as z from 'zod';
import type { PlannedChange } from '#cli/plan/changes.ts';
import type { Preview } from '#cli/plan/describe-plan.ts';
import type { Plan } from '#cli/plan/plan-of.ts';
import type { Told } from '#console/source/story.ts';
import type { DoctorFinding } from '#domain/doctor/finding.ts';
import type { CheckReport, Unlooked } from '#domain/doctor/run-checks.ts';
import type { ChannelReport } from '#domain/report/channel-report.ts';
import type { Cost, GroupReport } from '#domain/report/group-report.ts';
import type { SizeFigures } from '#domain/report/sizes.ts';
import {
  capacityDecision,
  count,
  decision,
  instant,
  numberOrNull,
  objectOf,
  override,
  recorded,
  text,
  texts,
} from './parts.ts';

export const consoleEnded = z.object({ address: text });

export const history = z.object({
  since: instant,
  decisions: z.array(recorded),
  isCut: z.boolean().describe('There are older ones.'),
});

const told = objectOf<Told>({ channel: text, status: text, to: text.optional() });

export const why = z.object({
  recorded,
  decision: decision.nullable(),
  isBefore: z.boolean().describe('Nothing was recorded at the time itself.'),
  told: z.array(told),
});

export const whyRecord = z.object({
  record: z.looseObject({}).describe('As tidegate schema --record describes it.'),
});

const sizes = objectOf<SizeFigures>({
  hours: z.number(),
  instanceHours: z.number(),
  smallest: z.number(),
  largest: z.number(),
  mean: z.number(),
  atMaximum: z.number(),
  atMinimum: z.number(),
});

const cost = objectOf<Cost>({
  spent: z.number(),
  atLargest: z.number(),
  basis: text,
  isListed: z.literal(true).optional(),
});

const groupReport = objectOf<GroupReport>({
  group: text,
  autoScalingGroup: text,
  changes: z.object({ out: count, in: count }),
  reversals: count,
  refused: count,
  targets: count,
  troubles: z.record(text, count),
  byRule: z.record(text, count),
  idleRules: texts,
  sizes: sizes.optional(),
  cost: cost.optional(),
  hints: texts,
});

const channelReport = objectOf<ChannelReport>({
  channel: text,
  messages: count,
  told: count.describe('Pieces of news in these messages.'),
  gathered: count.describe('Those of them that shared a message with others.'),
  refused: count,
  uncertain: count,
  failedOver: count,
  dropped: count,
});

export const report = z.object({
  since: instant,
  until: instant,
  groups: z.array(groupReport),
  channels: z.array(channelReport).describe('Empty when one group was asked for.'),
  page: text.describe('The file of --out.').optional(),
  isCut: z.boolean(),
});

export const rules = z.object({
  hash: text,
  text,
  since: instant.nullable(),
  by: text.nullable(),
});

const change = objectOf<PlannedChange>({
  kind: z.enum(['made', 'changed', 'removed']),
  name: text,
  details: texts,
});

const changes = objectOf<Plan>({
  groups: z.array(change),
  fleets: z.array(change),
  moves: texts,
  alerts: z.array(change),
  alarms: z.array(change),
  permissions: z.array(change),
  channels: z.array(change),
  routes: texts,
  toConfirm: texts,
  resources: z.array(change),
});

const preview = objectOf<Preview>({
  group: text,
  present: z.union([capacityDecision, text]),
  planned: z.union([capacityDecision, text]),
});

export const plan = z.object({
  deployed: text.describe('The hash of the tidegate.yml that is deployed.'),
  file: text,
  changes,
  previews: z.array(preview),
});

const finding = objectOf<DoctorFinding>({
  code: text,
  verdict: z.enum(['warning', 'error']),
  message: text,
  fix: text,
});

const unlooked = objectOf<Unlooked>({ check: text, why: text, isNeedless: z.boolean() });

const diagnosis = objectOf<CheckReport & { ailments: unknown }>({
  subject: text,
  sound: texts,
  findings: z.array(finding),
  notLookedAt: z.array(unlooked),
  ailments: z.array(finding).describe('The older name of findings.'),
});

export const doctor = z.object({
  diagnoses: z.array(diagnosis),
  verdicts: z.object({ sound: count, warnings: count, errors: count, notLookedAt: count }),
});

export const overrides = z.object({
  groups: z.array(z.object({ group: text, override: override.optional() })),
});

export const overrideSet = z.object({ group: text, override, replaced: override.nullable() });

export const resumed = z.object({ group: text, ended: override.nullable() });

export const undone = overrideSet.extend({
  undone: z.object({ at: instant, from: z.number(), to: z.number(), isForeign: z.boolean() }),
});

const delivery = z.object({
  kind: z.enum(['sent', 'failed', 'unclear', 'refused', 'broken']),
  sentAs: text.optional(),
  detail: text.optional(),
  afterSeconds: numberOrNull.optional(),
});

export const notifyTest = z.object({
  channel: text,
  results: z.array(z.object({ sample: text, delivery })),
});

export const notifyRender = z.object({
  messages: z.array(z.object({ name: text, title: text, content: text })),
});

export const notifyFiles = z.object({ directory: text, files: texts });
