import { drop, type Plant, set } from './plant.ts';

export const alarmPlants: readonly Plant[] = [
  [
    'fires and when it clears',
    'no word of clearing',
    set('SweepMissing', 'Properties.OKActions', undefined),
  ],
  ['fires and when it clears', 'no word at all', set('ScaleErrors', 'Properties.AlarmActions', [])],
  [
    'own alarms never wake',
    'its own alarm on the alarm topic',
    set('ScaleErrors', 'Properties.AlarmActions', [{ Ref: 'AlarmTopic' }]),
  ],
  ['queue and every function', 'no alarm on dead letters', drop('UndeliveredQueueNotEmpty')],
  [
    'queue and every function',
    'a lenient alarm',
    set('ScaleQueueLate', 'Properties.Threshold', 121),
  ],
  ['queue and every function', 'no alarm on throttles', drop('NotifyThrottles')],
  ['sweep that stops', 'no dead man switch', drop('SweepMissing')],
  [
    'sweep that stops',
    'silence taken for good news',
    set('SweepMissing', 'Properties.TreatMissingData', 'notBreaching'),
  ],
  ['sweep that stops', 'noticed late', set('SweepMissing', 'Properties.EvaluationPeriods', 4)],
  [
    'what the functions count',
    'another name',
    set('MissedNotifications', 'Properties.Dimensions.0.Value', 'tidegate'),
  ],
  [
    'what the functions count',
    'one dimension more',
    set('NoticesLost', 'Properties.Dimensions.1', { Name: 'Channel', Value: 'ops' }),
  ],
  ['what the functions count', 'another metric', drop('NoticesLost')],
  [
    'what the functions count',
    'an average',
    set('TellingFailed', 'Properties.Statistic', 'Average'),
  ],
  [
    'rules are alarms',
    'missing data hidden',
    set('RuleAlarmWebCpuHighde5ddee3', 'Properties.TreatMissingData', 'notBreaching'),
  ],
  [
    'rules are alarms',
    'a rule that wakes nobody',
    set('RuleAlarmWebCpuHighde5ddee3', 'Properties.AlarmActions', [{ Ref: 'OperationsTopic' }]),
  ],
];
