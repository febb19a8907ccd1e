import { describe, expect, test } from '@jest/globals';
import type { StatMetric } from '#domain/configuration/metric.ts';
import type { Checkup } from '#domain/doctor/checkup.ts';
import { runChecks } from '#domain/doctor/run-checks.ts';
import { CPU_HIGH } from '#test/support/builders.ts';
import {
  aCheckup,
  soundDeployment,
  soundGroup,
  withoutTargetGroup,
  withTargetGroup,
} from '#test/support/checkup.ts';
import { stateless, topicless, withTopic } from '#test/support/checkup-changes.ts';

const { health, ...healthless } = soundGroup.group;
const noAlarms = { ...healthless, rules: [] };

type Case = Readonly<{
  what: string;
  checkup: Checkup;
  check: string;
  why: string;
  isNeedless?: boolean;
}>;

const CASES: readonly Case[] = [
  {
    what: 'a stack that is not there',
    checkup: { ...aCheckup(), deployment: topicless },
    check: 'CloudWatch may publish on the alarm topic',
    why: 'there is no alarm topic',
  },
  {
    what: 'a stack that is not there',
    checkup: { ...aCheckup(), deployment: topicless },
    check: 'CloudWatch may use the key of the alarm topic',
    why: 'there is no alarm topic',
  },
  {
    what: 'a stack that is not there',
    checkup: { ...aCheckup(), deployment: { ...topicless, mail: [] } },
    check: 'every mailbox has confirmed its subscription',
    why: 'there is no alarm topic',
  },
  {
    what: 'a topic whose policy is no JSON',
    checkup: withTopic({ policy: undefined }),
    check: 'CloudWatch may publish on the alarm topic',
    why: 'the topic has no policy to read',
  },
  {
    what: 'a key without a policy',
    checkup: withTopic({ keyPolicy: undefined }),
    check: 'CloudWatch may use the key of the alarm topic',
    why: 'the key 0a1b has no policy to read',
  },
  {
    what: 'a topic that is not encrypted',
    checkup: withTopic({ keyId: undefined }),
    check: 'CloudWatch may use the key of the alarm topic',
    why: 'the alarm topic is not encrypted',
    isNeedless: true,
  },
  {
    what: 'channels without an address',
    checkup: aCheckup({ mail: [], mailboxes: 0 }),
    check: 'every mailbox has confirmed its subscription',
    why: 'no channel is an address that confirms',
    isNeedless: true,
  },
  {
    what: 'subscriptions of which none came',
    checkup: aCheckup({ mail: [] }),
    check: 'every mailbox has confirmed its subscription',
    why: 'no subscription was read',
  },
  {
    what: 'channels without a parameter',
    checkup: aCheckup({ webhooks: [] }),
    check: 'every webhook is kept as a SecureString',
    why: 'no channel has a secret in Parameter Store',
    isNeedless: true,
  },
  {
    what: 'a secret in Secrets Manager',
    checkup: aCheckup({ secrets: ['/aws/reference/secretsmanager/hook'] }),
    check: 'every secret in Secrets Manager is there',
    why: 'it would have to be read; tidegate notify --test CHANNEL tries it',
  },
  {
    what: 'a group that is not there',
    checkup: { ...aCheckup(), groups: [stateless] },
    check: 'it carries the tag that hands it over',
    why: 'it does not exist',
  },
  {
    what: 'alarms of which none is there',
    checkup: aCheckup({}, { alarms: [] }),
    check: 'every alarm has data',
    why: 'none of its alarms exists',
  },
  {
    what: 'alarms of which one is not there',
    checkup: aCheckup({}, { alarms: soundGroup.alarms.slice(1) }),
    check: 'no alarm is muted',
    why: '1 of its 3 alarms does not exist',
  },
  {
    what: 'alarms of which two are not there',
    checkup: aCheckup({}, { alarms: soundGroup.alarms.slice(2) }),
    check: 'every alarm tells the alarm topic',
    why: '2 of its 3 alarms do not exist',
  },
  {
    what: 'rules without alarms',
    checkup: aCheckup({}, { group: noAlarms, alarms: [], targetGroups: [] }),
    check: 'every alarm that rules and health are bound to exists',
    why: 'no rule and no health check is bound to an alarm',
    isNeedless: true,
  },
  {
    what: 'rules without alarms',
    checkup: aCheckup({}, { group: noAlarms, alarms: [], targetGroups: [] }),
    check: 'every alarm has data',
    why: 'no rule and no health check is bound to an alarm',
    isNeedless: true,
  },
  {
    what: 'rules that only add',
    checkup: aCheckup({}, { group: { ...soundGroup.group, rules: [CPU_HIGH] } }),
    check: 'no alarm that removes takes missing data for a reason',
    why: 'no rule removes by an alarm',
    isNeedless: true,
  },
  {
    what: 'rules that read no metric of EC2',
    checkup: aCheckup({}, { group: { ...soundGroup.group, rules: [] } }),
    check: 'instances report as often as rules look',
    why: "no rule reads EC2's metrics every minute",
    isNeedless: true,
  },
  {
    what: 'a group without instances',
    checkup: aCheckup({}, { instances: [] }),
    check: 'instances report as often as rules look',
    why: 'the group has no instance',
  },
  {
    what: 'a group without instances',
    checkup: aCheckup({}, { instances: [] }),
    check: 'the security groups let health checks in',
    why: 'of no target of targetgroup/web/73e2d6bc24d8a067 the security groups are known',
  },
  {
    what: 'a target group that is not there',
    checkup: aCheckup({}, withoutTargetGroup()),
    check: 'every target is healthy',
    why: 'targetgroup/web/73e2d6bc24d8a067 does not exist',
  },
  {
    what: 'a target group without a load balancer',
    checkup: aCheckup({}, withTargetGroup({}, { balancers: [] })),
    check: 'the load balancers of tidegate.yml are those of the target groups',
    why: 'no load balancer sends traffic to targetgroup/web/73e2d6bc24d8a067',
  },
  {
    what: 'a load balancer that is not there',
    checkup: aCheckup({}, withTargetGroup({ balancer: undefined as never })),
    check: 'every target is in a zone that its load balancer serves',
    why: 'AWS knows no load balancer app/web/50dc6c495c0c9188',
  },
  {
    what: 'a load balancer without security groups',
    checkup: aCheckup(
      {},
      withTargetGroup({ balancer: { zones: ['us-east-1a'], securityGroups: [] } }),
    ),
    check: 'the security groups let health checks in',
    why: 'app/web/50dc6c495c0c9188 has no security group to look for',
  },
  {
    what: 'a target group without targets',
    checkup: aCheckup({}, withTargetGroup({ targets: [] })),
    check: 'the security groups let health checks in',
    why: 'targetgroup/web/73e2d6bc24d8a067 has no target',
  },
  {
    what: 'values that were learned from a history that is not here',
    checkup: aCheckup({}, { learned: { missing: 'there is no history in .tidegate/history' } }),
    check: 'what was learned for its forecasts is within 10 % of its history',
    why: 'there is no history in .tidegate/history',
  },
  {
    what: 'a group that only tells',
    checkup: aCheckup(
      {},
      { group: { ...soundGroup.group, health: { ...health!, action: 'notify' } } },
    ),
    check: 'every target group carries the tag that hands it over',
    why: 'health.action is notify, which changes nothing',
    isNeedless: true,
  },
];

describe('what the doctor could not look at is neither sound nor ill', () => {
  test.each(CASES)('$what: $check', ({ checkup, check, why, isNeedless = false }) => {
    const reports = runChecks(checkup);

    expect(reports.flatMap(({ notLookedAt }) => notLookedAt)).toContainEqual({
      check,
      why,
      isNeedless,
    });
    expect(reports.flatMap(({ sound }) => sound)).not.toContain(check);
  });

  test('what is ill among the alarms that are there is told all the same', () => {
    const [first, second] = soundGroup.alarms;
    const muted = [{ ...first!, actionsEnabled: false }, second!];
    const [, group] = runChecks(aCheckup({}, { alarms: muted }));

    expect(group?.findings.map(({ code }) => code)).toEqual(['alarm-missing', 'alarm-muted']);
    expect(group?.notLookedAt.map(({ check }) => check)).not.toContain('no alarm is muted');
  });

  test('group metrics that rules read and that are collected are sound', () => {
    const cpu = soundGroup.group.metrics.cpu as StatMetric;
    const metrics = {
      cpu: { ...cpu, namespace: 'AWS/AutoScaling', metricName: 'GroupDesiredCapacity' },
    };
    const [, group] = runChecks(aCheckup({}, { group: { ...soundGroup.group, metrics } }));

    expect(group?.sound).toContain('the group metrics that rules read are collected');
  });

  test('each check ends in exactly one of the three ways', () => {
    const every = (checkup: Checkup) =>
      runChecks(checkup).map(({ sound, notLookedAt }) => [
        ...sound,
        ...notLookedAt.map(({ check }) => check),
      ]);
    const usual = every(aCheckup());

    for (const checks of usual) expect(new Set(checks).size).toBe(checks.length);
    expect(usual.flat()).toHaveLength(40);
    expect(every({ deployment: soundDeployment, groups: [stateless] }).flat()).toHaveLength(39);
  });
});
