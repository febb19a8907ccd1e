import { describe, expect, test } from '@jest/globals';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { alertAlarms } from '#infrastructure/alert-alarms.ts';
import { aGroup } from '#test/support/builders.ts';
import { CPU } from '#test/support/readings.ts';

const configuration = (group = 'web'): Configuration => ({
  groups: [aGroup({ metrics: { cpu: CPU } })],
  alerts: [
    {
      name: 'hot',
      group,
      alarm: 'tidegate-dev-web-alert-hot',
      severity: 'critical',
      condition: {
        text: 'cpu > 90 for 5m',
        metric: 'cpu',
        comparison: '>',
        threshold: 90,
        datapoints: 5,
        periods: 5,
      },
    },
  ],
  channels: [],
  routes: [],
});

describe('the alarm of an alert', () => {
  test('tells the alarm topic, as those of rules do', () => {
    const [[id, alarm] = []] = Object.entries(alertAlarms(configuration()));

    expect(id).toMatch(/^AlertAlarmWebHot[0-9a-f]{8}$/);
    expect(alarm?.Properties).toMatchObject({
      AlarmName: 'tidegate-dev-web-alert-hot',
      AlarmDescription:
        'critical: cpu > 90 for 5m, in the group web. Tidegate manages this alarm, tells people and scales nothing; edit tidegate.yml instead.',
      Threshold: 90,
      EvaluationPeriods: 5,
      TreatMissingData: 'missing',
      AlarmActions: [{ Ref: 'AlarmTopic' }],
      OKActions: [{ Ref: 'AlarmTopic' }],
    });
  });

  test('of a group that does not exist is refused', () => {
    expect(() => alertAlarms(configuration('api'))).toThrow('the alert hot is about no group: api');
  });
});
