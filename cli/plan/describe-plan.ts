import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { PlannedChange } from './changes.ts';
import { isEmpty, type Plan } from './plan-of.ts';

/** A live group by the present rules and by the new ones; a text says why one of them was not decided. */
export type Preview = Readonly<{
  group: string;
  present: CapacityDecision | string;
  planned: CapacityDecision | string;
}>;

export type PlanPaint = Readonly<
  Record<'bold' | 'green' | 'yellow' | 'red', (text: string) => string>
>;

/** A plan for people: each kind of thing, then what the live groups would do. */
export const describePlan = (
  plan: Plan,
  previews: readonly Preview[],
  paint: PlanPaint,
): string => {
  if (isEmpty(plan)) return 'Nothing would change: this file is deployed.';
  return [
    ...section('Groups and rules', plan.groups, paint),
    ...section(
      'Fleets, whose groups are looked at every minute and need no alarm',
      plan.fleets,
      paint,
    ),
    ...list('Groups that move', plan.moves, paint),
    ...section('Alerts', plan.alerts, paint),
    ...section('Alarms', plan.alarms, paint),
    ...section('Permissions', plan.permissions, paint),
    ...section('Channels', plan.channels, paint),
    ...list('Routes', plan.routes, paint),
    ...list('E-mails to be confirmed', plan.toConfirm, paint),
    ...section('Other resources', plan.resources, paint),
    ...list('What the groups would do now', previews.flatMap(describePreview), paint),
    summaryOf(plan),
  ].join('\n\n');
};

const SIGNS = { made: '+', changed: '~', removed: '-' } as const;
const COLOURS = { made: 'green', changed: 'yellow', removed: 'red' } as const;

const section = (
  title: string,
  changes: readonly PlannedChange[],
  paint: PlanPaint,
): readonly string[] =>
  list(
    title,
    changes.flatMap(({ kind, name, details }) => [
      paint[COLOURS[kind]](`${SIGNS[kind]} ${name}`),
      ...details.map((detail) => `    ${detail}`),
    ]),
    paint,
  );

const list = (title: string, lines: readonly string[], paint: PlanPaint): readonly string[] =>
  lines.length === 0 ? [] : [[paint.bold(title), ...lines.map((line) => `  ${line}`)].join('\n')];

const describePreview = ({ group, present, planned }: Preview): readonly string[] => {
  const [now, then] = [sentenceOf(present), sentenceOf(planned)];
  return now === then
    ? [`= ${group}: ${now}`]
    : [`~ ${group}`, `    by the present rules: ${now}`, `    by the new rules:     ${then}`];
};

const sentenceOf = (decision: CapacityDecision | string): string =>
  typeof decision === 'string' ? decision : decision.summary;

const summaryOf = ({ alarms, groups, fleets, permissions, channels }: Plan): string =>
  `Plan: ${[
    countsOf('group', groups),
    ...(fleets.length === 0 ? [] : [countsOf('fleet', fleets)]),
    countsOf('alarm', alarms),
    countsOf('permission', permissions),
    countsOf('channel', channels),
  ].join('; ')}.`;

const countsOf = (noun: string, changes: readonly PlannedChange[]): string => {
  const count = (kind: PlannedChange['kind']): number =>
    changes.filter((each) => each.kind === kind).length;
  return `${noun}s ${count('made')} made, ${count('changed')} changed, ${count('removed')} removed`;
};
