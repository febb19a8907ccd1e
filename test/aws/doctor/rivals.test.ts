import {
  DescribePoliciesCommand,
  DescribeScheduledActionsCommand,
} from '@aws-sdk/client-auto-scaling';
import { beforeEach, expect, test } from '@jest/globals';
import { connect } from '#aws/account.ts';
import { soundGroup } from '#test/support/checkup.ts';
import { answerSoundly, groups as autoScaling } from '#test/support/sound-account.ts';

process.env.AWS_REGION = 'us-east-1';
const groups = [soundGroup.group];
const configuration = { groups, alerts: [], channels: [], routes: [] };

beforeEach(answerSoundly);

test('reads what others do to the group; a predictive policy that only forecasts does nothing', async () => {
  const predictive = (PolicyName: string, Mode: 'ForecastAndScale' | 'ForecastOnly') => ({
    PolicyName,
    PolicyType: 'PredictiveScaling',
    PredictiveScalingConfiguration: { MetricSpecifications: [], Mode },
  });
  autoScaling.on(DescribePoliciesCommand).resolves({
    ScalingPolicies: [
      { PolicyName: 'cpu', PolicyType: 'StepScaling', Enabled: false },
      { PolicyName: 'old', PolicyType: 'SimpleScaling' },
      predictive('ahead', 'ForecastAndScale'),
      predictive('seen', 'ForecastOnly'),
      { PolicyName: 'usual', PolicyType: 'PredictiveScaling' },
    ],
  });
  autoScaling.on(DescribeScheduledActionsCommand).resolves({
    ScheduledUpdateGroupActions: [{ ScheduledActionName: 'night' }],
  });

  const examined = await connect().examine({ stack: 's', configuration, groups, now: 0 });

  expect(examined.groups[0]).toMatchObject({
    policies: [
      { name: 'cpu', type: 'StepScaling', isEnabled: false },
      { name: 'old', type: 'SimpleScaling', isEnabled: true },
      { name: 'ahead', type: 'PredictiveScaling', isEnabled: true },
      { name: 'seen', type: 'PredictiveScaling', isEnabled: false },
      { name: 'usual', type: 'PredictiveScaling', isEnabled: false },
    ],
    scheduledActions: ['night'],
  });
});
