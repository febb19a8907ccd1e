import { ACMClient } from '@aws-sdk/client-acm';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { KMSClient } from '@aws-sdk/client-kms';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { type ClientOptions, clientOptions } from '#aws/client/client-options.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { Checkup } from '#domain/doctor/checkup.ts';
import { mayNeedShards } from '#domain/sweep/shard.ts';
import type { Instant } from '#domain/time/instant.ts';
import { examineDeployment } from './deployment.ts';
import { placeIn } from './deployments.ts';
import { examineGroup } from './group.ts';

export type Examination = Readonly<{
  stack: string;
  /** Absent when it is to be found by the stack. */
  topicArn?: string;
  configuration: Configuration;
  /** Those that are asked for. */
  groups: readonly Group[];
  /** The time of the examination. */
  now: Instant;
}>;

/** Reads everything that the doctor asks for, and changes nothing. */
export const examine = async (
  { stack, topicArn, configuration, groups, now }: Examination,
  options: ClientOptions = clientOptions,
): Promise<Checkup> => {
  const cloudFormation = new CloudFormationClient(options);
  const cloudWatch = new CloudWatchClient(options);
  const deployment = examineDeployment({
    cloudFormation,
    cloudWatch,
    kms: new KMSClient(options),
    sns: new SNSClient(options),
    ssm: new SSMClient(options),
  });
  const clients = {
    acm: new ACMClient(options),
    autoScaling: new AutoScalingClient(options),
    cloudWatch,
    ec2: new EC2Client(options),
    loadBalancing: new ElasticLoadBalancingV2Client(options),
  };
  // A stack has the name of its deployment.
  const group = examineGroup(clients, stack);
  const [deploymentFacts, groupFacts] = await Promise.all([
    deployment({
      stack,
      channels: configuration.channels,
      hasShards: mayNeedShards(configuration),
      now,
      ...(topicArn === undefined ? {} : { topicArn }),
    }),
    Promise.all(groups.map((each) => group(each, now))),
  ]);
  const arn = deploymentFacts.topic?.arn ?? groupFacts.find((each) => each.arn)?.arn;
  return {
    deployment: {
      ...deploymentFacts,
      region: await cloudFormation.config.region(),
      ...(arn === undefined ? {} : { account: placeIn(arn).account }),
    },
    groups: groupFacts,
  };
};
