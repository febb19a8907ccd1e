import type { Alert } from '#domain/configuration/alert.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { AlertInput } from '#parse/configuration/schema/alert-schema.ts';
import { alarmNameOf, alertRule } from './alarm-name.ts';
import { conditionOf } from './condition-of.ts';

type NamedAlert = Readonly<{ name: string; input: AlertInput; prefix: string }>;

/** An alert with the alarm that the deployment makes for it. */
export const alertOf = ({ name, input, prefix }: NamedAlert, groups: readonly Group[]): Alert => {
  const { group, when, severity, runbook } = input;
  const metric = groups.find((each) => each.name === group)?.metrics[when.metric.value];

  return {
    name,
    group,
    severity,
    ...(runbook === undefined ? {} : { runbook }),
    alarm: alarmNameOf({ prefix, group, rule: alertRule(name) }),
    condition: conditionOf(when, metric?.periodSeconds as number),
  };
};
