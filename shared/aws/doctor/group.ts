import type { ACMClient } from '@aws-sdk/client-acm';
import {
  type AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  paginateDescribePolicies,
  paginateDescribeScheduledActions,
  type ScalingPolicy,
} from '@aws-sdk/client-auto-scaling';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { stateOf } from '#aws/auto-scaling/read-groups.ts';
import { targetGroupArn } from '#aws/client/arn.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { alarmNamesOf } from '#domain/doctor/check-alarms.ts';
import type { GroupFacts, GroupSettings, PolicyFacts } from '#domain/doctor/checkup.ts';
import { type HealedGroup, isHealed, targetGroupsOf } from '#domain/health/health-observation.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import { readAlarms } from './alarms.ts';
import { asking } from './asking.ts';
import { readBalancerDetails } from './balancers.ts';
import { readCertificates } from './certificates.ts';
import { readInstances, readOpenings } from './network.ts';
import { readSubnets } from './subnets.ts';
import { type AskedTargetGroup, examineTargetGroup } from './target-group.ts';

export type GroupClients = Readonly<{
  acm: ACMClient;
  autoScaling: AutoScalingClient;
  cloudWatch: CloudWatchClient;
  ec2: EC2Client;
  loadBalancing: ElasticLoadBalancingV2Client;
}>;

/** Reads everything about one group of a deployment that the doctor asks for; what cannot be read is named. */
export const examineGroup =
  (clients: GroupClients, deployment: string) =>
  async (group: Group, at: Instant): Promise<GroupFacts> => {
    const { autoScaling, cloudWatch, ec2 } = clients;
    const { ask, unread } = asking();
    const name = group.autoScalingGroup;
    const [{ arn, state, settings }, policies, scheduledActions, alarms] = await Promise.all([
      ask('the Auto Scaling group', () => readGroup(autoScaling, { name, deployment }), {}),
      ask('its scaling policies', () => readPolicies(autoScaling, name), []),
      ask('its scheduled actions', () => readSchedules(autoScaling, name), []),
      ask('its alarms', () => readAlarms(cloudWatch, alarmNamesOf(group)), []),
    ]);
    const ids = (state?.instances ?? []).map(({ id }) => id);
    const instances = await ask('its instances', () => readInstances(ec2, ids), []);
    const securityGroups = [...new Set(instances.flatMap((each) => each.securityGroups))];
    const openings = await ask('its security groups', () => readOpenings(ec2, securityGroups), {});
    const watched = isHealed(group) ? watchedIn(group, state) : [];
    const arnOf = targetGroupArn(arn ?? '');
    const client = clients.loadBalancing;
    const examineTargets = examineTargetGroup({ client, deployment, arnOf });
    const targetGroups = await ask(
      'its target groups',
      () =>
        Promise.all(watched.map(async (each) => ({ ...(await examineTargets(each)), openings }))),
      [],
    );
    const names = [
      ...new Set(targetGroups.map((each) => each.configuredBalancer).filter((each) => each !== '')),
    ];
    const detailsOf = readBalancerDetails(clients);
    const [subnets, balancers] = await Promise.all([
      ask('its subnets', () => readSubnets(ec2, settings?.subnets ?? []), []),
      ask(
        'its load balancers',
        () => Promise.all(names.map((each) => detailsOf(each, arnOf(`loadbalancer/${each}`)))),
        [],
      ),
    ]);
    const listeners = balancers.flat().flatMap((balancer) => balancer.listeners);
    const served = listeners.flatMap((listener) => listener.certificates);
    const certificates = await ask(
      'its certificates',
      () => readCertificates(clients.acm, served),
      [],
    );

    return {
      group,
      at,
      subnets,
      balancers: balancers.flat(),
      certificates,
      policies,
      scheduledActions,
      alarms,
      instances,
      targetGroups,
      unread,
      ...(arn === undefined ? {} : { arn }),
      ...(state === undefined ? {} : { state }),
      ...(settings === undefined ? {} : { settings }),
    };
  };

/** The target groups that the file names with their load balancers, or those that a member is attached to. */
const watchedIn = (
  group: HealedGroup,
  state: GroupState | undefined,
): readonly AskedTargetGroup[] =>
  group.fleet === undefined
    ? group.health.watched
    : targetGroupsOf(group, state).map((targetGroup) => ({ targetGroup }));

type FoundGroup = Readonly<{ arn?: string; state?: GroupState; settings?: GroupSettings }>;

type Asked = Readonly<{ name: string; deployment: string }>;

const readGroup = async (
  client: AutoScalingClient,
  { name, deployment }: Asked,
): Promise<FoundGroup> => {
  const { AutoScalingGroups: [found] = [] } = await client.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  if (found === undefined) return {};

  return {
    arn: found.AutoScalingGroupARN ?? '',
    state: stateOf(found, { deployment }),
    settings: {
      metrics: (found.EnabledMetrics ?? []).map(({ Metric = '' }) => Metric),
      subnets: (found.VPCZoneIdentifier ?? '').split(',').filter((id) => id !== ''),
      ...(found.DefaultInstanceWarmup === undefined
        ? {}
        : { warmupSeconds: found.DefaultInstanceWarmup }),
    },
  };
};

const readPolicies = async (
  client: AutoScalingClient,
  name: string,
): Promise<readonly PolicyFacts[]> => {
  const policies: PolicyFacts[] = [];
  for await (const page of paginateDescribePolicies({ client }, { AutoScalingGroupName: name })) {
    for (const policy of page.ScalingPolicies ?? []) {
      const { PolicyName = '', PolicyType = '' } = policy;
      policies.push({ name: PolicyName, type: PolicyType, isEnabled: acts(policy) });
    }
  }
  return policies;
};

/**
 * True for a policy that sets the capacity. A predictive one does not in the mode ForecastOnly, the default
 * (https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PredictiveScalingConfiguration.html).
 */
const acts = ({
  Enabled = true,
  PolicyType,
  PredictiveScalingConfiguration,
}: ScalingPolicy): boolean => {
  const { Mode = 'ForecastOnly' } = PredictiveScalingConfiguration ?? {};
  return Enabled && (PolicyType !== 'PredictiveScaling' || Mode === 'ForecastAndScale');
};

const readSchedules = async (
  client: AutoScalingClient,
  name: string,
): Promise<readonly string[]> => {
  const names: string[] = [];
  const input = { AutoScalingGroupName: name };
  for await (const page of paginateDescribeScheduledActions({ client }, input)) {
    const actions = page.ScheduledUpdateGroupActions ?? [];
    names.push(...actions.map(({ ScheduledActionName = '' }) => ScheduledActionName));
  }
  return names;
};
