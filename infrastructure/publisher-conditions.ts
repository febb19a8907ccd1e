import type { Configuration } from '#domain/configuration/configuration.ts';
import { groupsAndTemplates } from '#domain/configuration/fleet.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import { arn, type Deployment, prefixOf, ref, type Value } from './template.ts';

export type Conditions = Readonly<Record<string, Readonly<Record<string, Value>>>>;

/**
 * CloudWatch acting for an alarm of this account and Region. An alarm whose name is not plain ASCII
 * never matches an ARN pattern, so with such alarms the account alone must do
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/US_SetupSNS.html).
 */
export const fromAlarms = (hasOddAlarms: boolean): Conditions => ({
  ...fromThisAccount,
  ...(hasOddAlarms ? {} : { ArnLike: { 'aws:SourceArn': arn('cloudwatch', 'alarm:*') } }),
});

/** SNS acting for one of this deployment's own topics. */
export const fromTopics = (deployment: Deployment): Conditions => ({
  ...fromThisAccount,
  ArnLike: { 'aws:SourceArn': arn('sns', `${prefixOf(deployment)}-*`) },
});

/** Has an operator bound an alarm whose name no ARN pattern matches? */
export const hasOddAlarms = (configuration: Configuration): boolean =>
  groupsAndTemplates(configuration).some(({ rules }) =>
    alarmsOf(rules).some((name) => !/^[ -~]*$/.test(name)),
  );

const fromThisAccount: Conditions = {
  StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
};
