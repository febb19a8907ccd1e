import type { Call } from './call.ts';
import type { Answer, Fault } from './fault-proxy.ts';

/** A call of one action that names a value, such as a group or a target group. */
export const callOn =
  (action: string, subject = '') =>
  (call: Call): boolean =>
    call.action === action && JSON.stringify(call.input).includes(subject);

/** The error answer of a service with the query protocol: Auto Scaling, ELB, SNS. */
const queryError = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body:
    `<ErrorResponse><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
    `<Code>${code}</Code><Message>${message}</Message></Error>` +
    '<RequestId>00000000-0000-0000-0000-000000000000</RequestId></ErrorResponse>',
});

export const throttled = queryError(400, 'Throttling', 'Rate exceeded');
export const activityInProgress = queryError(
  400,
  'ScalingActivityInProgress',
  'Scaling activity 00000000-0000-0000-0000-000000000000 is in progress and blocks this action',
);

/** AWS's answer to a capacity above the group's MaxSize; moto accepts any capacity. */
export const aboveMaximum = (wanted: string, max: number): Answer =>
  queryError(
    400,
    'ValidationError',
    `New SetDesiredCapacity value ${wanted} is above max value ${max} for the AutoScalingGroup.`,
  );

/** moto knows no instance refreshes: the answer for groups that have this one, or none. */
export const refreshOf = (group: string, status?: string): Fault => ({
  on: callOn('DescribeInstanceRefreshes', group),
  answer: async () => ({
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      '<DescribeInstanceRefreshesResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">' +
      `<DescribeInstanceRefreshesResult><InstanceRefreshes>${status === undefined ? '' : refreshMember(group, status)}` +
      '</InstanceRefreshes></DescribeInstanceRefreshesResult></DescribeInstanceRefreshesResponse>',
  }),
});

const refreshMember = (group: string, status: string): string =>
  `<member><InstanceRefreshId>1</InstanceRefreshId><AutoScalingGroupName>${group}</AutoScalingGroupName>` +
  `<Status>${status}</Status><PercentageComplete>40</PercentageComplete></member>`;

/** Answers as the load balancer does when these targets fail their health checks. */
export const unhealthyTargets = (
  targetGroupArn: string,
  ids: readonly string[],
  reason = 'Target.FailedHealthChecks',
): Fault => ({
  on: callOn('DescribeTargetHealth', targetGroupArn),
  answer: async (_call, forward) => {
    const answer = await forward();
    const unhealthy = unhealthyFor(reason);
    const change = (text: string) => (ids.includes(idIn(text)) ? unhealthy(text) : text);
    return { ...answer, body: answer.body.replaceAll(MEMBER, change) };
  },
});

/** `member` lists do not nest in this answer. */
const MEMBER = /<member>[\s\S]*?<\/member>/g;

const idIn = (member: string): string => /<Id>(.*?)<\/Id>/.exec(member)?.[1] ?? '';

const unhealthyFor =
  (reason: string) =>
  (member: string): string =>
    member.replace(
      /<TargetHealth>[\s\S]*?<\/TargetHealth>/,
      `<TargetHealth><State>unhealthy</State><Reason>${reason}</Reason>` +
        '<Description>Health checks failed</Description></TargetHealth>',
    );

/** Lets a message that was put off come back so soon: the test does not wait for a back-off. */
export const hurriedTo = (seconds: number): Fault => ({
  on: (call) => call.action === 'ChangeMessageVisibility',
  answer: ({ input }, forward) => forward(JSON.stringify({ ...input, VisibilityTimeout: seconds })),
});
