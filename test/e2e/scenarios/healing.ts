import {
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { unhealthyTargets } from '#test/e2e/harness/faults.ts';
import { passAMinute } from '#test/e2e/harness/pass-a-minute.ts';
import { alarmOf, same } from '#test/e2e/harness/probe.ts';
import type { System } from '#test/e2e/harness/system.ts';
import { until } from '#test/e2e/harness/until.ts';
import { describeGroup } from '#test/e2e/harness/world.ts';
import type { FleetName } from '../fleets.ts';
import type { Scenario } from './scenario.ts';

const UNHEALTHY_ALARM = 'unhealthy-targets';

const instancesOf = async ({ clients }: System, fleet: FleetName) =>
  (await describeGroup(clients, fleet)).Instances ?? [];

const idsOf = async (system: System, fleet: FleetName): Promise<readonly string[]> =>
  (await instancesOf(system, fleet)).map(({ InstanceId }) => InstanceId ?? '');

const arnOf = ({ world }: System, fleet: FleetName): string =>
  world.targetGroupArns.get(fleet) ?? '';

const targetsOf = async (system: System, fleet: FleetName): Promise<readonly string[]> => {
  const command = new DescribeTargetHealthCommand({ TargetGroupArn: arnOf(system, fleet) });
  const { TargetHealthDescriptions = [] } = await system.clients.elb.send(command);
  return TargetHealthDescriptions.map(({ Target }) => Target?.Id ?? '');
};

/** Sees the targets fail twice, far enough apart. */
const failTwice = async (
  system: System,
  fleet: FleetName,
  { ids, sweep }: Readonly<{ ids: readonly string[]; sweep: () => Promise<void> }>,
): Promise<void> => {
  system.proxy.inject(unhealthyTargets(arnOf(system, fleet), ids));
  await system.alarms.raise(alarmOf(fleet, UNHEALTHY_ALARM));
  await until(
    `${fleet} has seen its targets fail`,
    async () => Object.keys(Object((await system.ledger.head(fleet, 'heal')).sightings))[0],
    10_000,
  );
  await passAMinute(system, fleet, 'heal');
  await sweep();
};

const touched = (system: System, ids: readonly string[]): readonly string[] =>
  system.proxy.calls
    .filter(({ action }) => action === 'DeregisterTargets' || action === 'SetInstanceHealth')
    .map(({ input }) => JSON.stringify(input))
    .filter((input) => ids.some((id) => input.includes(id)));

const replaced: Scenario = {
  name: 'an unhealthy target',
  run: async (system, { entry, slackMessages, sweep }, check) => {
    const [sick = '', ...others] = await idsOf(system, 'healed');
    await check('is left alone at the first sight', async () => {
      system.proxy.inject(unhealthyTargets(arnOf(system, 'healed'), [sick]));
      await system.alarms.raise(alarmOf('healed', UNHEALTHY_ALARM));
      const held = await entry(
        'healed',
        ({ reason }) => reason === 'AwaitingSecondSighting',
        'a first sighting',
      );
      same(touched(system, [sick]), []);
      return held.summary;
    });
    await check('leaves its load balancer at the second', async () => {
      await passAMinute(system, 'healed', 'heal');
      await sweep();
      await until(
        `${sick} is deregistered`,
        async () => ((await targetsOf(system, 'healed')).includes(sick) ? undefined : sick),
        10_000,
      );
    });
    await check('is marked Unhealthy, so that its group replaces it', async () => {
      const instances = await until(
        `${sick} is marked`,
        async () => {
          const all = await instancesOf(system, 'healed');
          const found = all.find(({ InstanceId }) => InstanceId === sick);
          return found === undefined || found.HealthStatus === 'Unhealthy' ? all : undefined;
        },
        10_000,
      );
      const healthy = instances.filter(({ HealthStatus }) => HealthStatus === 'Healthy');
      if (healthy.length < others.length) throw new Error('another instance was touched');
    });
    await check('is told of on Slack, once', async () => {
      const posts = await slackMessages(sick);
      same(posts.length, 1);
    });
  },
};

const floor: Scenario = {
  name: 'the healthy floor',
  run: async (system, { entry, sweep }, check) => {
    await check('is kept: three of four fail, half must remain, nobody is touched', async () => {
      const ids = (await idsOf(system, 'floored')).slice(0, 3);
      await failTwice(system, 'floored', { ids, sweep });
      const held = await entry(
        'floored',
        ({ reason }) => reason === 'BelowHealthyFloor',
        'BelowHealthyFloor',
      );
      same(touched(system, ids), []);
      return held.summary;
    });
  },
};

const ceiling: Scenario = {
  name: 'the ceiling',
  run: async (system, { entry, slackMessages, sweep }, check) => {
    await check('is kept: two of four fail at once, nobody is touched', async () => {
      const ids = (await idsOf(system, 'common')).slice(0, 2);
      await failTwice(system, 'common', { ids, sweep });
      const held = await entry('common', ({ reason }) => reason === 'CommonCause', 'CommonCause');
      same(touched(system, ids), []);
      return held.summary;
    });
    await check('and a person is told', async () => {
      await slackMessages('the cause is common');
    });
  },
};

const outsider: Scenario = {
  name: 'an unhealthy target of no group',
  run: async (system, { entry, sweep }, check) => {
    const [stranger = ''] = await idsOf(system, 'quiet');
    const registration = {
      TargetGroupArn: arnOf(system, 'outer'),
      Targets: [{ Id: stranger, Port: 80 }],
    };
    await check('only leaves its load balancer', async () => {
      await system.clients.elb.send(new RegisterTargetsCommand(registration));
      await failTwice(system, 'outer', { ids: [stranger], sweep });
      const done = await entry(
        'outer',
        ({ reason }) => reason === 'TargetsDeregistered',
        'a removal',
      );
      same(
        touched(system, [stranger]).filter((input) => input.includes('HealthStatus')),
        [],
      );
      return done.summary;
    });
    await check('is registered again when its probation is over', async () => {
      await until(
        'it is remembered that it is out',
        async () => Object.keys(Object((await system.ledger.head('outer', 'heal')).probations))[0],
        10_000,
      );
      await passAMinute(system, 'outer', 'heal');
      await sweep();
      const done = await entry('outer', ({ reason }) => reason === 'TargetsReturned', 'a return');
      await until(
        `${stranger} is registered again`,
        async () => ((await targetsOf(system, 'outer')).includes(stranger) ? stranger : undefined),
        10_000,
      );
      return done.summary;
    });
  },
};

const aside: Scenario = {
  name: 'an instance in quarantine',
  run: async (system, { entry, sweep }, check) => {
    await check('stands by, and runs on', async () => {
      const [sick = ''] = await idsOf(system, 'aside');
      await failTwice(system, 'aside', { ids: [sick], sweep });
      const done = await entry(
        'aside',
        ({ reason }) => reason === 'InstanceQuarantined',
        'a quarantine',
      );
      await until(
        `${sick} stands by`,
        async () =>
          (await instancesOf(system, 'aside')).find(
            ({ InstanceId, LifecycleState }) => InstanceId === sick && LifecycleState === 'Standby',
          ),
        10_000,
      );
      return done.summary;
    });
  },
};

export const healing: readonly Scenario[] = [replaced, floor, ceiling, outsider, aside];
