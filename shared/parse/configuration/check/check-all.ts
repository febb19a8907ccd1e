import { draftAlerts, draftFleets, draftGroups } from '../draft.ts';
import type { Fault } from '../fault.ts';
import { valueAt } from '../mapping.ts';
import { checkAlarmMetrics } from './check-alarm-metrics.ts';
import { checkAlarmNames } from './check-alarm-names.ts';
import { checkAlerts } from './check-alerts.ts';
import { checkCounts } from './check-counts.ts';
import { checkFleets } from './check-fleets.ts';
import { checkGroups } from './check-groups.ts';
import { checkFleetHealth, checkHealth } from './check-health.ts';
import { checkMetrics } from './check-metrics.ts';
import { checkNames } from './check-names.ts';
import { checkQuiet } from './check-quiet.ts';
import { checkReport } from './check-report.ts';
import { checkRoutes } from './check-routes.ts';
import { checkRules } from './check-rules.ts';

/** Everything that no single value can tell: names, references, bounds, and how values go together. */
export const checkAll = (root: unknown, prefix: string): readonly Fault[] => {
  const groups = draftGroups(root);
  const fleets = draftFleets(root);
  const alerts = draftAlerts(root);

  return withoutUnread(root, [
    ...checkNames(root),
    ...checkCounts(root),
    ...checkGroups(groups),
    ...groups.flatMap(checkHealth),
    ...groups.flatMap(checkMetrics),
    ...groups.flatMap(checkRules),
    ...checkFleets({ root, groups, fleets }),
    ...checkGroups(fleets),
    ...fleets.flatMap((fleet) => checkFleetHealth(root, fleet)),
    ...fleets.flatMap(checkMetrics),
    ...fleets.flatMap(checkRules),
    ...checkAlerts(alerts, { groups, fleets }),
    ...checkAlarmMetrics(groups, alerts),
    ...checkAlarmNames({ groups, alerts }, prefix),
    ...checkQuiet(root),
    ...checkRoutes(root),
    ...checkReport(root),
  ]);
};

/** A value that is there and cannot be read is not missing. */
const withoutUnread = (root: unknown, faults: readonly Fault[]): readonly Fault[] =>
  faults.filter(({ path, lacks = [] }) => {
    const value = path.reduce<unknown>((from, key) => valueAt(from, String(key)), root);
    return !lacks.some((key) => valueAt(value, key) !== undefined);
  });
