import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { clientOptions } from '#aws/client/client-options.ts';
import { type SurveyedGroup, survey } from './survey.ts';

/** Surveys the account of the environment's credentials, in its Region. */
export const surveyAccount = (): Promise<readonly SurveyedGroup[]> =>
  survey({
    autoScaling: new AutoScalingClient(clientOptions),
    cloudWatch: new CloudWatchClient(clientOptions),
    loadBalancing: new ElasticLoadBalancingV2Client(clientOptions),
  })();
