import { describe, expect, test } from '@jest/globals';
import type { Checkup } from '#domain/doctor/checkup.ts';
import { runChecks } from '#domain/doctor/run-checks.ts';
import { aFailingTarget, aRule, aTarget } from '#test/support/builders.ts';
import { aCheckup, soundGroup, withTargetGroup } from '#test/support/checkup.ts';
import { withHealth, withState, withTopic } from '#test/support/checkup-changes.ts';

const { balancer: _balancer, ...balancerless } = soundGroup.targetGroups[0]!;

describe('what is no mistake', () => {
  const SOUND: readonly Readonly<{ what: string; checkup: Checkup }>[] = [
    { what: 'a topic without a key', checkup: withTopic({ keyId: undefined }) },
    { what: 'a key whose policy nobody could read', checkup: withTopic({ keyPolicy: undefined }) },
    { what: 'a topic whose policy nobody could read', checkup: withTopic({ policy: undefined }) },
    {
      what: 'a scaling policy that is switched off',
      checkup: aCheckup({}, { policies: [{ name: 'cpu', type: 'StepScaling', isEnabled: false }] }),
    },
    {
      what: 'suspended processes of a group that has no use for them',
      checkup: aCheckup(
        {},
        {
          state: {
            ...soundGroup.state!,
            targetGroupArns: [],
            suspendedProcesses: ['AddToLoadBalancer', 'ScheduledActions'],
          },
          targetGroups: [],
        },
      ),
    },
    {
      what: 'an untagged target group of which people are only told',
      checkup: withHealth('notify', withTargetGroup({}, { isManaged: false })),
    },
    {
      what: 'a detached target group of addresses',
      checkup: aCheckup(
        {},
        {
          ...withTargetGroup({}, { targetType: 'ip' }),
          state: { ...soundGroup.state!, targetGroupArns: [] },
        },
      ),
    },
    {
      what: 'basic monitoring where rules look every five minutes',
      checkup: aCheckup(
        {},
        {
          group: {
            ...soundGroup.group,
            rules: [aRule({ alarm: { kind: 'existing', name: 'mine' } })],
          },
          instances: [{ id: 'i-1', isMonitored: false, isMetadataOpen: false, securityGroups: [] }],
          alarms: [...soundGroup.alarms, { ...soundGroup.alarms[0]!, name: 'mine' }],
        },
      ),
    },
    {
      what: 'a load balancer without security groups',
      checkup: aCheckup(
        {},
        withTargetGroup({ openings: {}, balancer: { zones: ['us-east-1a'], securityGroups: [] } }),
      ),
    },
    {
      what: 'security groups that nobody could read',
      checkup: aCheckup({}, withTargetGroup({ openings: {} })),
    },
    {
      what: 'a port that is open to a range',
      checkup: aCheckup(
        {},
        withTargetGroup({
          openings: {
            'sg-web': [
              { protocol: '-1', from: 0, to: 65_535, groups: [], hasRanges: true, isForAll: false },
            ],
          },
        }),
      ),
    },
    {
      what: 'a check on a port of its own that is open',
      checkup: aCheckup(
        {},
        withTargetGroup(
          {
            openings: {
              'sg-web': [
                {
                  protocol: 'tcp',
                  from: 9_000,
                  to: 9_000,
                  groups: ['sg-lb'],
                  hasRanges: false,
                  isForAll: false,
                },
              ],
            },
          },
          { check: { ...found().check, port: '9000', path: '' } },
        ),
      ),
    },
    {
      what: 'a target that is no member of the group',
      checkup: aCheckup(
        {},
        withTargetGroup({ targets: [aTarget({ id: '10.0.0.9' }), aTarget({ id: 'i-1' })] }),
      ),
    },
    {
      what: 'a load balancer that nobody found',
      checkup: aCheckup({}, { targetGroups: [balancerless] }),
    },
    {
      what: 'a second security group that nobody could read',
      checkup: aCheckup(
        {},
        {
          instances: soundGroup.instances.map((each) => ({
            ...each,
            securityGroups: ['sg-base', 'sg-web'],
          })),
        },
      ),
    },
    {
      what: 'ELB health checks with time to boot',
      checkup: withState({ healthCheckType: 'ELB', graceSeconds: 151 }),
    },
  ];

  test.each(SOUND)('$what', ({ checkup }) => {
    expect(runChecks(checkup).flatMap(({ findings }) => findings)).toEqual([]);
  });
});

function found() {
  return soundGroup.targetGroups[0]!.found!;
}

test('a check on a port alone is named so', () => {
  const failing = { ...aFailingTarget('i-1'), reason: 'Target.Timeout' };
  const facts = withTargetGroup(
    { targets: [failing, aTarget({ id: 'i-2' })], openings: {} },
    { check: { ...found().check, port: '9000', path: '' } },
  );
  const [finding] = runChecks(aCheckup({}, facts)).flatMap(({ findings }) => findings);

  expect(finding?.message).toMatch(/port 9000 gives no answer within 5 s$/);
});

describe('a policy', () => {
  const judge = (Statement: unknown) =>
    runChecks(withTopic({ policy: { Statement } })).flatMap(({ findings }) => findings).length ===
    0;
  const allow = { Effect: 'Allow', Action: 'SNS:Publish' };

  test.each([
    { statement: { ...allow, Principal: '*' }, admits: true },
    { statement: { ...allow, Principal: { AWS: '*' } }, admits: true },
    {
      statement: [{ ...allow, Principal: { Service: ['cloudwatch.amazonaws.com'] } }],
      admits: true,
    },
    { statement: { ...allow, Action: 'sns:*', Principal: '*' }, admits: true },
    { statement: { ...allow, Action: '*', Principal: '*' }, admits: true },
    { statement: { ...allow, Effect: 'Deny', Principal: '*' }, admits: false },
    { statement: { ...allow, Action: 'sns:Subscribe', Principal: '*' }, admits: false },
    {
      statement: { ...allow, Principal: { AWS: 'arn:aws:iam::123456789012:root' } },
      admits: false,
    },
    { statement: 'nonsense', admits: false },
  ])('$statement lets CloudWatch publish: $admits', ({ statement, admits }) => {
    expect(judge(statement)).toBe(admits);
  });

  test('that is no object lets nobody in', () => {
    const findings = runChecks(withTopic({ policy: [] })).flatMap((each) => each.findings);

    expect(findings.map(({ code }) => code)).toEqual(['topic-closed']);
  });
});
