import { arnOf, type Resources } from '../template.ts';
import { tableAccess } from './ledger.ts';
import { role } from './role.ts';
import { allow } from './statement.ts';

/** Looks at everything and changes nothing: it only asks scale and heal to look. */
export const sweepRole = (): Resources =>
  role('Sweep', [
    allow({
      Sid: 'Observe',
      Action: ['autoscaling:DescribeAutoScalingGroups', 'cloudwatch:DescribeAlarms'],
      Resource: '*',
    }),
    tableAccess({ Sid: 'ReadLedger', operations: ['BatchGetItem'], keys: ['GROUP#*'] }),
    allow({
      Sid: 'AskOthers',
      Action: ['sqs:SendMessage'],
      Resource: [arnOf('ScaleQueue'), arnOf('HealQueue'), arnOf('NotifyQueue')],
    }),
  ]);
