import {
  type AutoScalingClient,
  type AutoScalingGroup,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import { asError } from '#domain/basics/as-error.ts';
import { OPT_IN_TAG } from '#domain/observed/group-state.ts';
import type { ListedGroup, Listing } from '#domain/sweep/membership.ts';

/** The API answers at most 100 groups a page. */
const GROUPS_PER_PAGE = 100;

/** A listing, and the error that ended it early if one did. */
export type ListingRead = Listing & Readonly<{ error?: Error }>;

/**
 * Lists the groups that carry the opt-in tag: one listing for all fleets, whose own tags are compared here. A page that
 * fails ends the listing, which then has the groups of the pages before and is not whole. A page without groups
 * ends nothing: only the last one has no token
 * (https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html).
 */
export const listGroups = (client: AutoScalingClient) => async (): Promise<ListingRead> => {
  const groups: ListedGroup[] = [];
  const input = {
    Filters: [{ Name: `tag:${OPT_IN_TAG.key}`, Values: [OPT_IN_TAG.value] }],
    MaxRecords: GROUPS_PER_PAGE,
  };
  try {
    for await (const page of paginateDescribeAutoScalingGroups({ client }, input)) {
      groups.push(...(page.AutoScalingGroups ?? []).flatMap((group) => listedGroup(group)));
    }
    return { isWhole: true, groups };
  } catch (thrown) {
    return { isWhole: false, groups, error: asError(thrown) };
  }
};

/** One that is being deleted joins nothing. */
const listedGroup = ({
  AutoScalingGroupName,
  Status,
  Tags = [],
}: AutoScalingGroup): readonly ListedGroup[] => {
  if (AutoScalingGroupName === undefined || Status !== undefined) return [];
  const tags = new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  return [
    {
      autoScalingGroup: AutoScalingGroupName,
      tags,
      isManaged: tags.get(OPT_IN_TAG.key) === OPT_IN_TAG.value,
    },
  ];
};
