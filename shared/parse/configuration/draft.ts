import type * as z from 'zod';
import type { Rule } from '#domain/configuration/rule.ts';
import type { Shaped } from '#parse/rules/rule-form.ts';
import { kindOfRule } from '#parse/rules/rule-schema.ts';
import { formOf, type RuleInput } from '#parse/rules/rules.ts';
import type { Path } from './fault.ts';
import type { GroupParts } from './group-parts.ts';
import { entriesOf, isMapping, valueAt } from './mapping.ts';
import { type AlertInput, alertSchema } from './schema/alert-schema.ts';
import { type GroupInput, groupSchema } from './schema/group-schema.ts';
import { metricSchema } from './schema/metric-schema.ts';

/**
 * A draft is what is well-formed of a group that may be wrong elsewhere. Checks that look at several values at
 * once use it, so that all mistakes show in one run.
 */
export type GroupDraft = GroupParts &
  Readonly<{
    name: string;
    path: Path;
    given: Partial<GroupInput>;
    rules: ReadonlyMap<string, RuleDraft>;
    /** Set when there are rules of which nobody can tell the kind. */
    hasUnclearRules: boolean;
    /** Count of watched target groups, well-formed or not. */
    watched: number;
  }>;

/** The well-formed parts of a rule, and its kind, whose form reads them. */
export type RuleDraft = Readonly<{
  kind: Rule['kind'];
  given: Partial<RuleInput>;
}>;

export const draftGroups = (root: unknown): readonly GroupDraft[] =>
  entriesOf(valueAt(root, 'groups')).map(([name, value]) => groupDraft(name, value));

/** The well-formed parts of an alert. */
export type AlertDraft = Readonly<{ name: string; path: Path; given: Partial<AlertInput> }>;

export const draftAlerts = (root: unknown): readonly AlertDraft[] =>
  entriesOf(valueAt(root, 'alerts')).map(([name, value]) => ({
    name,
    path: ['alerts', name],
    given: partOf(alertSchema, value),
  }));

/** The fleets as groups that are not known yet; keys that only a group has are no keys of theirs. */
export const draftFleets = (root: unknown): readonly GroupDraft[] =>
  entriesOf(valueAt(root, 'fleets')).map(([name, value]) => {
    const { autoScalingGroup: _, health: __, ...given } = groupDraft(name, value).given;
    return { ...groupDraft(name, value), path: ['fleets', name], given, watched: 0, isFleet: true };
  });

const groupDraft = (name: string, value: unknown): GroupDraft => {
  const metrics = entriesOf(valueAt(value, 'metrics'));
  const written = valueAt(value, 'rules');
  const rules = entriesOf(written).map(([rule, input]) => [rule, ruleDraft(input)] as const);
  const given = partOf(groupSchema, value);

  return {
    name,
    path: ['groups', name],
    given,
    bounds: given.capacity ?? {},
    metricNames: metrics.map(([metric]) => metric),
    metrics: new Map(
      metrics.flatMap(([metric, input]) => {
        const result = metricSchema.safeParse(input);
        return result.success ? [[metric, result.data] as const] : [];
      }),
    ),
    rules: new Map(rules.flatMap(([rule, draft]) => (draft ? [[rule, draft] as const] : []))),
    hasUnclearRules:
      (written !== undefined && !isMapping(written)) ||
      rules.some(([, draft]) => draft === undefined),
    watched: watchedIn(valueAt(value, 'health')),
  };
};

const watchedIn = (health: unknown): number => {
  const also = valueAt(health, 'also');
  if (health === undefined) return 0;
  return 1 + (Array.isArray(also) ? also.length : 0);
};

const ruleDraft = (input: unknown): RuleDraft | undefined => {
  const kind = kindOfRule(input);
  return typeof kind === 'string' ? { kind, given: partOf(formOf(kind).schema, input) } : undefined;
};

/** The well-formed values of a mapping, by their keys. */
const partOf = <T>({ shape }: Shaped<T>, value: unknown): Partial<T> => {
  const entries = Object.entries(shape).flatMap(([key, schema]) => {
    const result = (schema as z.ZodType).safeParse(valueAt(value, key));
    return result.success ? [[key, result.data] as const] : [];
  });

  return Object.fromEntries(entries) as Partial<T>;
};
