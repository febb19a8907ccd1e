import type { Fault } from '#test/e2e/harness/fault-proxy.ts';
import { callOn } from '#test/e2e/harness/faults.ts';

/** DescribeAutoScalingGroups leaves out whoever could not be launched; the emulator itself launches everybody at once. */
export const failedLaunches = (group: string, notLaunched: ReadonlySet<string>): Fault => ({
  on: callOn('DescribeAutoScalingGroups', group),
  answer: async (_call, forward) => {
    const answer = await forward();
    const keep = (member: string): string => {
      const id = /<InstanceId>(.*?)<\/InstanceId>/.exec(member)?.[1];
      return id !== undefined && notLaunched.has(id) ? '' : member;
    };
    return { ...answer, body: answer.body.replaceAll(INNERMOST, keep) };
  },
});

/** A member that has no other member in it, as that of an instance has none. */
const INNERMOST = /<member>(?:(?!<member>)[\s\S])*?<\/member>/g;
