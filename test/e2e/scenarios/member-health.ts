import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { createGroups } from '#test/e2e/harness/account.ts';
import { unhealthyTargets } from '#test/e2e/harness/faults.ts';
import { HEALED_FLEET, leave } from '#test/e2e/harness/members.ts';
import { passAMinute } from '#test/e2e/harness/pass-a-minute.ts';
import { same } from '#test/e2e/harness/probe.ts';
import type { System } from '#test/e2e/harness/system.ts';
import { until } from '#test/e2e/harness/until.ts';
import type { Scenario } from './scenario.ts';

/** The first look within a minute at targets is at those of a member with this name: a wait of no time. */
const NAME = 'clinic-6';
const MEMBER = `${HEALED_FLEET.name}/${NAME}`;

const instanceIds = async ({ clients }: System): Promise<readonly string[]> => {
  const { AutoScalingGroups } = await clients.autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [NAME] }),
  );
  return (AutoScalingGroups?.[0]?.Instances ?? []).map(({ InstanceId }) => InstanceId ?? '');
};

/** The removals that the functions asked for, each with its action. */
const removals = ({ proxy }: System, id: string): readonly string[] =>
  proxy.calls
    .filter(({ action }) => action === 'DeregisterTargets' || action === 'SetInstanceHealth')
    .filter(({ input }) => JSON.stringify(input).includes(id))
    .map(({ action }) => action);

const healedMember: Scenario = {
  name: 'the targets of a member of a fleet',
  run: async (system, { sweep, slackMessages }, check) => {
    let arn = '';
    await check('are found with their group, which joins without a deployment', async () => {
      const { targetGroupArns } = await createGroups(system.motoEndpoint, system.clients, {
        name: 'clinics',
        groups: [{ name: NAME, min: 1, max: 8, desired: 4, tags: [HEALED_FLEET.tag] }],
      });
      arn = targetGroupArns.get(NAME) ?? '';
      await sweep();
      await slackMessages(`${NAME} joined the fleet`);
    });

    const [sick = ''] = await instanceIds(system);
    await check('are looked at though no alarm tells of them', async () => {
      system.proxy.inject(unhealthyTargets(arn, [sick]));
      await sweep();
      await until(
        `${MEMBER} has seen its target fail`,
        async () => Object.keys(Object((await system.ledger.head(MEMBER, 'heal')).sightings))[0],
        15_000,
      );
      same(removals(system, sick), []);
    });
    await check('are taken out and replaced when they still fail a minute later', async () => {
      await passAMinute(system, MEMBER, 'heal');
      await sweep();
      await until(
        `${sick} is taken out`,
        () => (removals(system, sick).length === 2 ? true : undefined),
        15_000,
      );
      same(removals(system, sick), ['DeregisterTargets', 'SetInstanceHealth']);
    });
    await check('are told of on Slack, once', async () => {
      same((await slackMessages(sick)).length, 1);
    });
    await check('are left alone once their group has left the fleet', async () => {
      const next = (await instanceIds(system)).find((id) => id !== sick) ?? '';
      system.proxy.inject(unhealthyTargets(arn, [next]));
      await leave(system.clients, NAME, HEALED_FLEET);
      await sweep();
      await slackMessages(`${NAME} left the fleet`);
      await sweep();
      await sleep(2_000);
      same(removals(system, next), []);
    });
  },
};

export const memberHealth: readonly Scenario[] = [healedMember];
