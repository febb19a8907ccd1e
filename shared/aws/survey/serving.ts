import {
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { chunks } from '#aws/client/chunks.ts';

/** A load balancer with one of its target groups, as metrics name them. */
export type ServedBy = Readonly<{
  /** `app/NAME/ID`; `net/…` of a Network Load Balancer, `gwy/…` of a gateway. */
  loadBalancer: string;
  /** `targetgroup/NAME/ID`. */
  targetGroup: string;
}>;

/** The API takes at most 20 ARNs. */
const ARNS_PER_CALL = 20;

/** Finds the load balancers before target groups, by the target group's ARN. */
export const readServing = async (
  client: ElasticLoadBalancingV2Client,
  arns: readonly string[],
): Promise<ReadonlyMap<string, readonly ServedBy[]>> => {
  const pages = await Promise.all(
    chunks([...new Set(arns)], ARNS_PER_CALL).map((TargetGroupArns) =>
      client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [...TargetGroupArns] })),
    ),
  );
  return new Map(
    pages
      .flatMap(({ TargetGroups = [] }) => TargetGroups)
      .map((each) => [each.TargetGroupArn ?? '', servedByOf(each)]),
  );
};

const servedByOf = ({
  TargetGroupArn = '',
  LoadBalancerArns = [],
}: TargetGroup): readonly ServedBy[] =>
  LoadBalancerArns.map((arn) => ({
    loadBalancer: lastPartOf(arn).replace(/^loadbalancer\//, ''),
    targetGroup: lastPartOf(TargetGroupArn),
  }));

/** The resource of an ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`. */
const lastPartOf = (arn: string): string => arn.split(':').slice(5).join(':');
