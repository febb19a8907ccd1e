import type { HealthState, TargetHealth } from '#test/drill/balancer/target-health.ts';
import type { Fault } from '#test/e2e/harness/fault-proxy.ts';
import { callOn } from '#test/e2e/harness/faults.ts';

/** DescribeTargetHealth says what the load balancer found; the emulator itself finds all targets healthy. */
export const targetStates = (
  targetGroupArn: string,
  healthOf: () => ReadonlyMap<string, TargetHealth>,
): Fault => ({
  on: callOn('DescribeTargetHealth', targetGroupArn),
  answer: async (_call, forward) => {
    const answer = await forward();
    const health = healthOf();
    const change = (member: string): string => {
      const id = /<Id>(.*?)<\/Id>/.exec(member)?.[1] ?? '';
      return member.replace(STATE, stateXml(health.get(id)?.state ?? 'initial'));
    };
    return { ...answer, body: answer.body.replaceAll(MEMBER, change) };
  },
});

/** `member` lists do not nest in this answer. */
const MEMBER = /<member>[\s\S]*?<\/member>/g;
const STATE = /<TargetHealth>[\s\S]*?<\/TargetHealth>/;

const REASONS: Readonly<Record<HealthState, string>> = {
  healthy: '',
  initial: '<Reason>Elb.InitialHealthChecking</Reason>',
  unhealthy: '<Reason>Target.FailedHealthChecks</Reason>',
};

const stateXml = (state: HealthState): string =>
  `<TargetHealth><State>${state}</State>${REASONS[state]}</TargetHealth>`;
