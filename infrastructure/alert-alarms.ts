import type { Configuration } from '#domain/configuration/configuration.ts';
import { conditionAlarm } from './rule-alarms.ts';
import { merge, type Resources } from './template.ts';

/** The alarms of alerts: they tell the alarm topic as those of rules do, and scale nothing. */
export const alertAlarms = ({ alerts, groups }: Configuration): Resources =>
  merge(
    alerts.map(({ name, group: groupName, alarm, condition, severity }) => {
      const group = groups.find((each) => each.name === groupName);
      if (group === undefined) throw new Error(`the alert ${name} is about no group: ${groupName}`);

      return conditionAlarm(['AlertAlarm', groupName, name], {
        group,
        name: alarm,
        condition,
        description: `${severity}: ${condition.text}, in the group ${groupName}. Tidegate manages this alarm, tells people and scales nothing; edit tidegate.yml instead.`,
      });
    }),
  );
