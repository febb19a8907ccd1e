import {
  type AutoScalingClient,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import { asError } from '#domain/basics/as-error.ts';
import { FORMER_VALUE, OPT_IN_TAG } from '#domain/observed/opt-in.ts';
import type { ListedGroup, Listing } from '#domain/sweep/next-memberships.ts';
import { listedGroup, type Seer } from './read-groups.ts';

/** The API answers at most 100 groups a page. */
const GROUPS_PER_PAGE = 100;

/** A listing, and the error that ended it early if one did. */
export type ListingRead = Listing & Readonly<{ error?: Error }>;

/**
 * Lists the groups that were handed over to the deployment: one listing for all fleets, whose own tags are compared by
 * whoever asks. A page that fails ends the listing, which then has the groups of the pages before and is not whole. A
 * page without groups ends nothing: only the last one has no token. Of each group as much is kept as says whose it is:
 * its instances would fill the memory
 * (https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html).
 */
export const listGroups =
  (client: AutoScalingClient, seer: Seer) => async (): Promise<ListingRead> => {
    const groups: ListedGroup[] = [];
    const input = {
      Filters: [{ Name: `tag:${OPT_IN_TAG}`, Values: [seer.deployment, FORMER_VALUE] }],
      MaxRecords: GROUPS_PER_PAGE,
    };
    try {
      for await (const page of paginateDescribeAutoScalingGroups({ client }, input)) {
        groups.push(...(page.AutoScalingGroups ?? []).map((group) => listedGroup(group, seer)));
      }
      return { isWhole: true, groups };
    } catch (thrown) {
      return { isWhole: false, groups, error: asError(thrown) };
    }
  };
