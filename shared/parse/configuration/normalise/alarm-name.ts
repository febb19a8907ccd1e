type AlarmSubject = Readonly<{ prefix: string; group: string; rule: string }>;

/**
 * Names of a deployment's alarms begin so. Hyphens within the service and the stage become underscores: else `prod`
 * with the group `eu-web` and `prod-eu` with the group `web` would make the same alarm, and one stage would take it
 * from the other.
 */
export const alarmPrefixOf = ({
  service,
  stage,
}: Readonly<{ service: string; stage: string }>): string =>
  [service, stage].map((part) => part.replaceAll('-', '_')).join('-');

/** The name of the alarm that the deployment makes for a rule: `tidegate-prod-web-cpu-high`. */
export const alarmNameOf = ({ prefix, group, rule }: AlarmSubject): string =>
  `${prefix}-${group}-${rule}`;

/** The last part of the name of an alert's alarm. */
export const alertRule = (alert: string): string => `alert-${alert}`;

/** The last part of the name of a group's alarm on the unhealthy targets of its first, second, … target group. */
export const healthRule = (index: number): string =>
  index === 0 ? 'unhealthy-targets' : `unhealthy-targets-${index + 1}`;
