import {
  DetachLoadBalancerTargetGroupsCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { RemoveTagsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { DeleteParameterCommand } from '@aws-sdk/client-ssm';
import { WEBHOOK_PARAMETER } from '#test/e2e/harness/configuration-file.ts';
import { unhealthyTargets } from '#test/e2e/harness/faults.ts';
import {
  addRivalPolicy,
  addScheduledAction,
  suspendLaunches,
} from '#test/e2e/harness/group-faults.ts';
import { alarmOf, same } from '#test/e2e/harness/probe.ts';
import type { System } from '#test/e2e/harness/system.ts';
import { describeGroup } from '#test/e2e/harness/world.ts';
import { autoScalingGroupOf } from '../fleets.ts';
import { checked, codesOf, examined, type Found } from './doctor-run.ts';
import type { Scenario } from './scenario.ts';

const FLEET = 'doctored';
const GROUP = { AutoScalingGroupName: autoScalingGroupOf(FLEET) };
const LOW = alarmOf(FLEET, 'cpu-low');
const SICK = alarmOf(FLEET, 'unhealthy-targets');

/** A misconfiguration, and the codes that the doctor must add for it. */
type Mistake = Readonly<{
  codes: readonly string[];
  plant: (system: System) => Promise<unknown>;
  /** Takes the mistake back, where others would suffer from it. */
  mend?: (system: System) => Promise<unknown>;
}>;

const MISTAKES: readonly Mistake[] = [
  {
    codes: ['processes-suspended'],
    plant: ({ clients }) => suspendLaunches(clients.autoScaling, GROUP.AutoScalingGroupName),
  },
  {
    codes: ['aws-policies'],
    plant: ({ clients }) => addRivalPolicy(clients.autoScaling, GROUP.AutoScalingGroupName),
  },
  {
    codes: ['scheduled-actions'],
    plant: ({ clients }) => addScheduledAction(clients.autoScaling, GROUP.AutoScalingGroupName, 1),
  },
  {
    codes: ['checked-before-boot'],
    plant: ({ clients }) =>
      clients.autoScaling.send(
        new UpdateAutoScalingGroupCommand({
          ...GROUP,
          HealthCheckType: 'ELB',
          HealthCheckGracePeriod: 10,
        }),
      ),
  },
  {
    codes: ['bounds-apart'],
    plant: ({ clients }) =>
      clients.autoScaling.send(
        new UpdateAutoScalingGroupCommand({ ...GROUP, MinSize: 2, MaxSize: 2 }),
      ),
  },
  {
    codes: ['alarm-muted'],
    plant: (system) => changeAlarm(system, LOW, { ActionsEnabled: false }),
  },
  {
    codes: ['alarm-breaching'],
    plant: (system) => changeAlarm(system, LOW, { TreatMissingData: 'breaching' }),
  },
  {
    codes: ['alarm-without-topic'],
    plant: (system) => changeAlarm(system, SICK, { AlarmActions: [] }),
  },
  {
    codes: ['alarm-missing'],
    plant: ({ clients }) =>
      clients.cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [SICK] })),
  },
  {
    codes: ['targets-failing'],
    plant: async (system) => {
      const [id = ''] = await idsOf(system);
      system.proxy.inject(unhealthyTargets(arnOf(system), [id]));
    },
  },
  {
    codes: ['target-group-untagged'],
    plant: (system) =>
      system.clients.elb.send(
        new RemoveTagsCommand({ ResourceArns: [arnOf(system)], TagKeys: ['tidegate:managed'] }),
      ),
  },
  {
    codes: ['target-group-detached', 'no-healthy-target'],
    plant: (system) =>
      system.clients.autoScaling.send(
        new DetachLoadBalancerTargetGroupsCommand({ ...GROUP, TargetGroupARNs: [arnOf(system)] }),
      ),
  },
  {
    codes: ['webhook-missing'],
    plant: ({ clients }) =>
      clients.ssm.send(new DeleteParameterCommand({ Name: WEBHOOK_PARAMETER })),
    // Later scenarios send messages, and notify does not remember the address for ever.
    mend: ({ putWebhook }) => putWebhook(),
  },
  {
    codes: ['topic-closed'],
    plant: ({ clients, topicArn }) =>
      clients.sns.send(
        new SetTopicAttributesCommand({
          TopicArn: topicArn,
          AttributeName: 'Policy',
          AttributeValue: '{"Version":"2012-10-17","Statement":[]}',
        }),
      ),
  },
  {
    codes: ['key-closed'],
    plant: ({ clients, topicArn }) =>
      clients.sns.send(
        new SetTopicAttributesCommand({
          TopicArn: topicArn,
          AttributeName: 'KmsMasterKeyId',
          AttributeValue: 'alias/aws/sns',
        }),
      ),
  },
];

const arnOf = ({ world }: System): string => world.targetGroupArns.get(FLEET) ?? '';

const idsOf = async ({ clients }: System): Promise<readonly string[]> =>
  ((await describeGroup(clients, FLEET)).Instances ?? []).map(({ InstanceId = '' }) => InstanceId);

const changeAlarm = async (
  { clients }: System,
  name: string,
  change: Partial<PutMetricAlarmCommandInput>,
): Promise<void> => {
  const { MetricAlarms: [alarm] = [] } = await clients.cloudWatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [name] }),
  );
  await clients.cloudWatch.send(
    new PutMetricAlarmCommand({ ...(alarm as PutMetricAlarmCommandInput), ...change }),
  );
};

/** moto keeps neither a default warm-up nor detailed monitoring nor IMDSv2. */
const NOT_KEPT = ['warmup-unset', 'basic-monitoring', 'metadata-open'];

/** The load balancer of this account stands in moto's default network, which has no Internet gateway. */
const NETWORK = ['subnet-unrouted', 'balancer-unrouted', 'listener-closed', 'access-logs-off'];

const sound: Scenario = {
  name: 'npx tidegate doctor',
  run: async (system, _probe, check) => {
    await check('finds nothing where all is sound but what moto cannot keep', async () => {
      const found = await checked(system, FLEET);
      const others = found.findings.filter(({ code }) => ![...NOT_KEPT, ...NETWORK].includes(code));
      same(others, []);
      return `${found.sound} checks are sound`;
    });
    await check('finds a group that its owner has not handed over', async () => {
      same(codesOf(await checked(system, 'untagged')).includes('group-untagged'), true);
    });
    await check('finds that there is no such deployment', async () => {
      same(codesOf(await checked(system, FLEET, 'missing')).includes('not-deployed'), true);
    });
    for (const { codes, plant, mend } of MISTAKES) {
      await check(`finds ${codes.join(', ')}`, async () => {
        await plant(system);
        const found = await examined(system, FLEET);
        await mend?.(system);
        same(
          codes.filter((code) => !codesOf(found).includes(code)),
          [],
        );
        return messageOf(found, codes[0]);
      });
    }
  },
};

const messageOf = ({ findings }: Found, code?: string): string =>
  findings.find((finding) => finding.code === code)?.message ?? '';

/** It leaves its own group and the alarm topic in disorder. */
export const doctor: readonly Scenario[] = [sound];
