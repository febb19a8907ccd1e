import type { Configuration } from '#domain/configuration/configuration.ts';
import { FIRST_DASHBOARD } from './dashboard/dashboards.ts';
import { ref, type Template } from './template.ts';

/** Outputs that people and other stacks need; `npx serverless info --verbose` shows them. */
export const outputs = ({ dashboard }: Configuration): Template['Outputs'] => ({
  ...(dashboard === 'off' ? {} : DASHBOARD),
  AlarmTopicArn: {
    Description: 'Add it to the alarm actions and OK actions of alarms that rules are bound to',
    Value: ref('AlarmTopic'),
  },
  OutcomeTopicArn: {
    Description: 'Says as JSON what was done; subscribe whoever wants to know',
    Value: ref('OutcomeTopic'),
  },
  OperationsTopicArn: {
    Description: "Carries Tidegate's own alarms; subscribe whoever looks after it",
    Value: ref('OperationsTopic'),
  },
  TableName: { Description: 'The ledger of decisions', Value: ref('Table') },
  ScaleQueueUrl: { Description: 'Messages for scale', Value: ref('ScaleQueue') },
  HealQueueUrl: { Description: 'Messages for heal', Value: ref('HealQueue') },
  NotifyQueueUrl: { Description: 'Messages for notify', Value: ref('NotifyQueue') },
});

const DASHBOARD: Template['Outputs'] = {
  DashboardName: {
    Description: 'The CloudWatch dashboard of the groups and of Tidegate itself',
    Value: ref(FIRST_DASHBOARD),
  },
};
