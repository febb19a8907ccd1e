import {
  type CloudFormationClient,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';

/** The physical ids of a stack's resources by their logical ones; there may be hundreds, a page each hundred. */
export const physicalIds = async (
  client: CloudFormationClient,
  stack: string,
): Promise<ReadonlyMap<string, string>> => {
  const ids = new Map<string, string>();
  for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
    for (const { LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      if (LogicalResourceId && PhysicalResourceId) ids.set(LogicalResourceId, PhysicalResourceId);
    }
  }
  return ids;
};
