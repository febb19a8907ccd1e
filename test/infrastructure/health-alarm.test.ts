import { describe, expect, test } from '@jest/globals';
import type { Health } from '#domain/configuration/configuration.ts';
import { healthAlarms } from '#infrastructure/health-alarm.ts';
import type { Resource } from '#infrastructure/template.ts';
import { aGroup, aHealth } from '#test/support/builders.ts';

const alarmFor = (change: Partial<Health>) => {
  const [alarm] = Object.values<Resource>(healthAlarms(aGroup({ health: aHealth(change) })));
  return alarm!.Properties;
};

describe('the alarm on unhealthy targets', () => {
  test('fires within a minute of the first one', () => {
    expect(alarmFor({})).toEqual({
      AlarmName: 'tidegate-dev-web-unhealthy-targets',
      AlarmDescription:
        'The load balancer counts unhealthy targets in the group web; those that stay so for 2 min are replaced. Tidegate manages this alarm; edit tidegate.yml instead.',
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'UnHealthyHostCount',
      Dimensions: [
        { Name: 'TargetGroup', Value: 'targetgroup/web/73e2d6bc24d8a067' },
        { Name: 'LoadBalancer', Value: 'app/web/50dc6c495c0c9188' },
      ],
      Period: 60,
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      TreatMissingData: 'missing',
      AlarmActions: [{ Ref: 'AlarmTopic' }],
      OKActions: [{ Ref: 'AlarmTopic' }],
    });
  });

  test.each([
    { loadBalancer: 'app/web/50dc6c495c0c9188', namespace: 'AWS/ApplicationELB' },
    { loadBalancer: 'net/web/50dc6c495c0c9188', namespace: 'AWS/NetworkELB' },
  ])('of $loadBalancer is read in $namespace', ({ loadBalancer, namespace }) => {
    const watched = aHealth().watched.map((each) => ({ ...each, loadBalancer }));

    expect(alarmFor({ watched }).Namespace).toBe(namespace);
  });

  test.each([
    { action: 'replace', words: 'are replaced.' },
    { action: 'deregister', words: 'are deregistered.' },
    { action: 'auto', words: 'are replaced.' },
    { action: 'quarantine', words: 'are put aside.' },
    { action: 'notify', words: 'somebody is told.' },
  ] as const)('says what follows: $action', ({ action, words }) => {
    expect(alarmFor({ action }).AlarmDescription).toContain(words);
  });

  test('is not there for a group that nobody heals', () => {
    expect(healthAlarms(aGroup())).toEqual({});
  });
});
