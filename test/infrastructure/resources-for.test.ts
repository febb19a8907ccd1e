import { describe, expect, test } from '@jest/globals';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import { resourcesFor } from '#infrastructure/resources-for.ts';
import { aGroup, aHealth, anAlarmRule } from '#test/support/builders.ts';

const CPU: StatMetric = {
  kind: 'stat',
  namespace: 'AWS/EC2',
  metricName: 'CPUUtilization',
  dimensions: {},
  statistic: 'Average',
  periodSeconds: 60,
};

const idsFor = (configuration: Partial<Configuration>): readonly string[] => {
  const whole = { groups: [], alerts: [], channels: [], routes: [], ...configuration };
  return Object.keys(resourcesFor(whole, { service: 'tidegate', stage: 'dev' }).Resources);
};

const NOTHING = idsFor({});
const addedBy = (configuration: Partial<Configuration>) =>
  idsFor(configuration).filter((id) => !NOTHING.includes(id));

describe('a deployment has', () => {
  test('an alarm for each rule with a condition, and one for health, which wakes heal', () => {
    const group = aGroup({ metrics: { cpu: CPU }, health: aHealth() });

    expect(addedBy({ groups: [group] })).toEqual([
      'AlarmsToHeal',
      'RuleAlarmWebCpuHighde5ddee3',
      'RuleAlarmWebCpuLowaa179afd',
      'HealthAlarmWeb4b5e57f6',
    ]);
  });

  test('no alarm that wakes heal where no target is looked after', () => {
    expect(NOTHING).toContain('AlarmsToScale');
    expect(NOTHING).not.toContain('AlarmsToHeal');
  });

  test('alarms that wake heal where the targets of a fleet are looked after', () => {
    const { name: _name, autoScalingGroup: _group, ...template } = aGroup({ health: aHealth() });
    const fleet = { name: 'web', select: { tags: { tier: 'web' } }, template, except: {} };

    expect(idsFor({ fleets: [fleet] as never })).toContain('AlarmsToHeal');
  });

  test('nothing more for a rule that is bound to an alarm of the operator', () => {
    expect(addedBy({ groups: [aGroup({ rules: [anAlarmRule('mine')] })] })).toEqual([]);
  });

  test('both of two groups whose names differ in a hyphen only', () => {
    const [one, other] = ['a-1', 'a1'].map((name) => aGroup({ name, metrics: { cpu: CPU } }));

    expect(addedBy({ groups: [one!, other!] })).toHaveLength(4);
  });

  test('a topic and two subscriptions for a mailbox, and nothing for Slack', () => {
    const channels = [
      { kind: 'email', name: 'mail', address: 'ops@example.com' },
      { kind: 'slack', name: 'ops', webhookParameter: '/hook', origins: [] },
    ] as const;

    expect(addedBy({ channels })).toEqual([
      'MailTopicMail00d8d3f1',
      'MailTopicMail00d8d3f1Policy',
      'MailSubscriptionMail00d8d3f1',
      'OperationsSubscriptionMail00d8d3f1',
    ]);
  });
});

test('two groups of one name cannot be deployed', () => {
  const group = aGroup({ metrics: { cpu: CPU } });

  expect(() => idsFor({ groups: [group, group] })).toThrow(
    'two resources would have the logical id RuleAlarmWebCpuHighde5ddee3',
  );
});
