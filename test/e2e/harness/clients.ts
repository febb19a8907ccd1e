import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';

export const REGION = 'us-east-1';
/** The account that moto gives to every caller whom it does not know. */
export const ACCOUNT = '123456789012';

/** Clients of the harness itself; they speak to the emulator, past the fault proxy. */
export const clientsAt = (endpoint: string) => {
  const options = {
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'harness', secretAccessKey: 'harness' },
  };

  return {
    autoScaling: new AutoScalingClient(options),
    cloudWatch: new CloudWatchClient(options),
    dynamo: new DynamoDBClient(options),
    elb: new ElasticLoadBalancingV2Client(options),
    sns: new SNSClient(options),
    // The stack's queue URLs name AWS's own host.
    sqs: new SQSClient({ ...options, useQueueUrlAsEndpoint: false }),
    ssm: new SSMClient(options),
  };
};

export type Clients = ReturnType<typeof clientsAt>;
