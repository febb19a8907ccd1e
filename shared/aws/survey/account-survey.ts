import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ClientOptions } from '#aws/client/client-options.ts';
import { type SurveyedGroup, survey } from './survey.ts';

/** Surveys an account in one Region. */
export const surveyAccount = (options: ClientOptions): Promise<readonly SurveyedGroup[]> =>
  survey({
    autoScaling: new AutoScalingClient(options),
    cloudWatch: new CloudWatchClient(options),
    loadBalancing: new ElasticLoadBalancingV2Client(options),
  })();
