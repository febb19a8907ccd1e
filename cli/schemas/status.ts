import * as z from 'zod';
import type { Status } from '#app/status/observe-status.ts';
import type { LearnedValue } from '#domain/configuration/learned.ts';
import type { BoundStatus, CapacityStatus, PoolStatus } from '#domain/status/capacity-status.ts';
import type { BrokenChannel, LastSweep, ShardLook } from '#domain/status/deployment-status.ts';
import type { GroupStatus, NextDecision, UnseenStatus } from '#domain/status/group-status.ts';
import type { HealthStatus, OutTarget, SickTarget } from '#domain/status/health-status.ts';
import type { HoldingGate } from '#domain/status/holding-gates.ts';
import type { LastChange, LastError, OpenIncident } from '#domain/status/last-decisions.ts';
import type { MetricStatus, RuleStatus } from '#domain/status/rule-status.ts';
import { count, instant, objectOf, override, reason, text } from './parts.ts';

const bound = objectOf<BoundStatus>({ at: z.number(), by: text });

const capacity = objectOf<CapacityStatus>({
  desired: z.number(),
  inService: z.number(),
  starting: z.number(),
  min: bound,
  max: bound,
  pool: objectOf<PoolStatus>({
    ready: z.number(),
    warming: z.number(),
    limit: z.number().optional(),
  }).optional(),
});

const metric = objectOf<MetricStatus>({
  metric: text,
  value: z.number().optional(),
  at: instant.optional(),
  refusal: text.optional(),
  marks: z.array(z.number()),
});

const rule = objectOf<RuleStatus>({
  rule: text,
  text,
  answer: text,
  isShadow: z.literal(true).optional(),
  reason,
  detail: text,
  capacity: z.number().optional(),
  metrics: z.array(metric),
});

const gate = objectOf<HoldingGate>({
  stage: text,
  verdict: z.enum(['hold', 'bend']),
  reason,
  detail: text,
  capacity: z.number(),
  until: instant.optional(),
});

const next = objectOf<NextDecision>({
  id: text,
  from: z.number(),
  to: z.number(),
  wanted: z.number(),
  reason,
  summary: text,
});

const sick = objectOf<SickTarget>({ target: text, since: instant, cause: text });
const out = objectOf<OutTarget>({ target: text, until: instant, refusals: count });

const health = objectOf<HealthStatus>({
  registered: count,
  healthy: count,
  sick: z.array(sick),
  out: z.array(out),
  onProbation: z.array(z.object({ target: text, until: instant })),
  inQuarantine: z.object({ instance: text, until: instant }).optional(),
  next: z.object({ reason, summary: text }),
});

const lastChange = objectOf<LastChange>({
  at: instant,
  from: z.number(),
  to: z.number(),
  id: text.optional(),
  summary: text.optional(),
});

const lastError = objectOf<LastError>({ at: instant, id: text, reason, summary: text });
const incident = objectOf<OpenIncident>({ key: text, since: instant, summary: text.optional() });

const plan = z.object({
  id: text,
  summary: text,
  recovery: z.object({
    kind: z.enum(['wait', 'applied', 'reissue', 'supersede']),
    detail: text,
  }),
});

const seen = objectOf<GroupStatus>({
  group: text,
  autoScalingGroup: text,
  at: instant,
  capacity: capacity.optional(),
  rules: z.array(rule),
  gates: z.array(gate),
  next,
  plan: plan.optional(),
  override: override.optional(),
  health: health.optional(),
  healthUnseen: text.optional(),
  lastChange: lastChange.optional(),
  lastError: lastError.optional(),
  incidents: z.array(incident),
});

const unseen = objectOf<UnseenStatus>({ group: text, autoScalingGroup: text, unseen: text });

const channel = objectOf<BrokenChannel>({
  channel: text,
  since: instant,
  detail: text,
  leftOut: count,
});

const shard = objectOf<ShardLook>({ shard: text, at: instant.optional() });

const sweep = objectOf<LastSweep>({
  at: instant,
  configuration: text.optional(),
  shards: z
    .array(shard)
    .optional()
    .describe('The shards in which it sent groups, and when each was last looked at.'),
});

const drift = objectOf<LearnedValue & { group: string }>({
  group: text,
  rule: text,
  key: z.enum(['perInstance', 'lead', 'wake']),
  was: z.number(),
  learnedOn: text,
  now: z.number(),
  on: text,
});

/** The fields of `status`: one look. */
export const status = objectOf<
  Status & { at: number; drift: readonly (LearnedValue & { group: string })[] }
>({
  at: instant,
  groups: z.array(z.union([seen, unseen])),
  channels: z.array(channel).describe('Channels that take no messages.'),
  alarms: z.array(incident).describe('Alarms that people were told of and that are open.'),
  sweep: sweep.nullable(),
  drift: z.array(drift).describe('Learned values that the history at hand shows otherwise.'),
});
