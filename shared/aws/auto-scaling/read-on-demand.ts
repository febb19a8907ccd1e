import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type ClientOptions, clientOptions } from '#aws/client/client-options.ts';
import { readActivities } from './read-activities.ts';
import { readObstacles } from './read-obstacles.ts';

/** The read that is made only when a group would lose something. */
export const readBeforeRemovals = (
  autoScaling: AutoScalingClient,
  options: ClientOptions = clientOptions,
) => ({
  readObstacles: readObstacles({
    autoScaling,
    cloudFormation: new CloudFormationClient(options),
    loadBalancing: new ElasticLoadBalancingV2Client(options),
  }),
});

/** The same read, and the one that is made when a group does not do as it was told. */
export const readOnDemand = (
  autoScaling: AutoScalingClient,
  options: ClientOptions = clientOptions,
) => ({
  ...readBeforeRemovals(autoScaling, options),
  readActivities: readActivities(autoScaling),
});
