import type { Registration } from './decision.ts';

/** The command with which a person registers a target again, as it was registered before. */
export const registerCommand = ({
  targetGroupArn,
  targetId,
  port,
  availabilityZone,
}: Registration): string => {
  const zone = availabilityZone === undefined ? '' : `,AvailabilityZone=${availabilityZone}`;
  return `aws elbv2 register-targets --target-group-arn ${targetGroupArn} --targets Id=${targetId},Port=${port}${zone}`;
};
