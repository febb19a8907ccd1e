import { expect, test } from '@jest/globals';
import { nextSteps } from '#infrastructure/next-steps.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

const stepsFor = (more: string, region = 'us-gov-west-1') => {
  const text = `version: 1\ngroups:\n  web:\n    autoScalingGroup: web-prod\n${more}`;
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-prod' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));
  return nextSteps(parsed.value, { service: 'tidegate', stage: 'prod', region });
};

const HEALTH = `    health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188, action: ACTION }\n`;

test('target groups are tagged by their ARN in the partition, where something is done about them', () => {
  const tagged = stepsFor(HEALTH.replace('ACTION', 'replace'));
  expect(tagged).toContain(
    'aws elbv2 add-tags --tags Key=tidegate:managed,Value=tidegate-prod --resource-arns arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:$(aws sts get-caller-identity --query Account --output text):targetgroup/web/73e2d6bc24d8a067 --region us-gov-west-1',
  );
  expect(stepsFor(HEALTH.replace('ACTION', 'notify'))).not.toContain('elbv2');
  expect(stepsFor(HEALTH.replace('ACTION', 'replace'), 'xx-new-1')).toContain('arn:aws:elastic');
});

test('target groups of members are tagged, too, where something is done about them', () => {
  const stepsWith = (health: string) =>
    stepsFor(`fleets: { shops: { select: { tags: { tier: shop } }${health} } }\n`);
  const target =
    'The target groups that groups of shops are attached to carry tidegate:managed=tidegate-prod, too.';

  expect(stepsWith(', health: {}')).toContain(target);
  expect(stepsWith(', health: { action: notify }')).not.toContain('are attached to');
  expect(stepsWith('')).not.toContain('are attached to');
});

test('alarms that people have made are to be connected', () => {
  const steps = stepsFor('    rules: { mine: { when: { alarm: web-slow }, then: add 1 } }\n');
  expect(steps).toContain('AlarmActions and OKActions of web-slow');
  expect(steps).toContain('--stack-name tidegate-prod');
});

test('secrets are to be stored, but for those that Secrets Manager keeps', () => {
  const steps = stepsFor(
    'notify: { channels: { a: { slack: ssm:/slack }, b: { slack: secretsmanager:slack } } }\n',
  );
  expect(steps).toContain('--name /slack --value file://FILE --region us-gov-west-1');
  expect(steps.match(/put-parameter/g)).toHaveLength(1);
});

test('the dashboard has an address where the console has one, unless the file turns it off', () => {
  const address =
    'https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1#dashboards/dashboard/tidegate-prod';
  expect(stepsFor('')).toContain(address);
  expect(stepsFor('dashboard: off\n')).not.toContain('#dashboards');
  expect(stepsFor('', 'xx-new-1')).not.toContain('#dashboards');
});

test('without channels there is nobody to confirm or to try', () => {
  expect(stepsFor('')).not.toMatch(/Confirm|notify --test|put-parameter/);
});
