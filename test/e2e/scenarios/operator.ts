import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FleetName } from '#test/e2e/fleets.ts';
import { alarmOf, same } from '#test/e2e/harness/probe.ts';
import { WORK_DIRECTORY } from '#test/e2e/harness/work-directory.ts';
import { describeGroup } from '#test/e2e/harness/world.ts';
import type { Scenario } from './scenario.ts';

const FLEET = 'watched';
const STAGE = ['--stage', 'e2e'] as const;

/** A server on this machine that counts what reaches it. */
const startTarget = async () => {
  let count = 0;
  const server = createServer((_request, response) => {
    count += 1;
    response.end('well');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    count: () => count,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** The words of a command that was refused. */
const refusal = async (command: Promise<string>): Promise<string> => {
  try {
    return `it was not refused: ${await command}`;
  } catch (thrown) {
    return String(thrown);
  }
};

/** The operator's day on a group of its own: see it, ask it, take it back. */
const day: Scenario = {
  name: 'the operator’s day',
  run: async (
    { alarms, clients, tidegate },
    { capacity, desired, slackMessages, sweep },
    check,
  ) => {
    const instances = async (fleet: FleetName): Promise<readonly string[]> =>
      ((await describeGroup(clients, fleet)).Instances ?? []).map(
        ({ InstanceId = '' }) => InstanceId,
      );
    await check('npx tidegate status says what the next look will do', async () => {
      await sweep();
      const { groups, sweep: last } = JSON.parse(
        await tidegate('status', FLEET, '--json', ...STAGE),
      );
      const [{ capacity: now, next }] = groups;
      same([now.desired, next.from, next.to], [2, 2, 2]);
      if (!(last.at > 0)) throw new Error('the sweep has not written down its look');
      return next.summary;
    });
    await check(
      'npx tidegate drill passes every hop, tells the channel of a drill, and changes nothing',
      async () => {
        const drill = ['drill', 'alarm', FLEET, 'cpu-high', '--within', '20', '--json'] as const;
        const said = await tidegate(...drill, ...STAGE);
        const { exitCode, steps } = JSON.parse(said);
        if (steps === undefined) throw new Error(said);
        const missed = steps.filter(({ isPassed }: { isPassed: boolean }) => !isPassed);
        same([exitCode, missed], [0, []]);
        same((await slackMessages(`Drill: ${FLEET} would go from 2 to 4`)).length, 1);
        same(await desired(FLEET), 2);
        return `${steps.length} hops`;
      },
    );
    await check('it foretells a change before its message comes', async () => {
      const message = await alarms.change(alarmOf(FLEET), 'ALARM');
      const { groups } = JSON.parse(await tidegate('status', FLEET, '--json', ...STAGE));
      same([groups[0].next.from, groups[0].next.to], [2, 4]);
      await alarms.publish(alarmOf(FLEET), message);
      await capacity(FLEET, 4);
      return groups[0].next.summary;
    });
    await check('it names the gate that holds, and for how long', async () => {
      // Units that were added just now do not count for cpu-high yet.
      await alarms.change(alarmOf(FLEET, 'cpu-peak'), 'ALARM');
      const said = await tidegate('status', FLEET, ...STAGE);
      const gate = /^ {2}gate {8}cooldown holds for .*$/m.exec(said)?.[0];
      if (gate === undefined) throw new Error(said);
      return gate.trim();
    });
    await check('npx tidegate history lists the change', async () => {
      const said = await tidegate('history', FLEET, '--changes', ...STAGE);
      if (!/ applied {5}watched 2 → 4: .* \(ScaledOut\)$/m.test(said)) throw new Error(said);
    });
    await check('npx tidegate why tells it by its id, and by the time', async () => {
      const { decisions } = JSON.parse(await tidegate('history', FLEET, '--json', ...STAGE));
      const { id, at } = decisions.find(({ status }: { status: string }) => status === 'applied');
      const story = await tidegate('why', FLEET, id, ...STAGE);
      if (!/^ {2}then {6}AWS agreed after \d+ ms$/m.test(story)) throw new Error(story);
      const later = new Date(at + 1).toISOString();
      const { recorded, isBefore } = JSON.parse(
        await tidegate('why', FLEET, later, '--json', ...STAGE),
      );
      same([recorded.id, isBefore], [id, true]);
    });
    await check(
      'npx tidegate rules prints the file that was deployed, which the decision names',
      async () => {
        const { hash, text, by } = JSON.parse(await tidegate('rules', '--json', ...STAGE));
        const file = await readFile(join(WORK_DIRECTORY, 'tidegate.yml'), 'utf8');
        const { recorded } = JSON.parse(await tidegate('why', FLEET, '--json', ...STAGE));
        same([text, recorded.configuration], [file.trimEnd(), hash]);
        return `${hash} by ${by}`;
      },
    );
    await check(
      'npx tidegate plan finds nothing to change where the same file is deployed',
      async () => {
        const { exitCode, changes } = JSON.parse(await tidegate('plan', '--json', ...STAGE));
        same([exitCode, Object.values(changes).flat()], [0, []]);
      },
    );
    await check('npx tidegate undo takes the change back', async () => {
      const said = await tidegate('undo', FLEET, '--reason', 'a test', ...STAGE);
      if (!/^watched is pinned to 2 by .*: a test$/m.test(said)) throw new Error(said);
      await sweep();
      await capacity(FLEET, 2);
    });
    await check(
      'npx tidegate drill load sends what it says to a server on this machine, and reads its results',
      async () => {
        const server = await startTarget();
        const load = ['drill', 'load', '--target', server.url, '--group', FLEET, '--json'] as const;
        const how = ['--shape', 'gradual', '--rate', '30', '--for', '4s', '--after', '0s'] as const;
        try {
          const said = await tidegate(...load, ...how, '--yes-this-is-mine', ...STAGE);
          const { exitCode, requests, looks, metrics } = JSON.parse(said);
          if (requests === undefined) throw new Error(said);
          same([exitCode, requests.sent, requests.failed], [0, 84, 0]);
          same(server.count(), 84 + 1);
          same([looks[0].desired, metrics.map(({ name }: { name: string }) => name)], [2, ['cpu']]);
          return `${requests.sent} requests`;
        } finally {
          server.stop();
        }
      },
    );
    await check(
      'npx tidegate drill failure ends nobody unless it is told whose it is',
      async () => {
        const before = await instances(FLEET);
        const said = await refusal(tidegate('drill', 'failure', FLEET, ...STAGE));
        if (!/nothing is ended without --yes-this-is-mine; it would be i-/.test(said)) {
          throw new Error(said);
        }
        same(await instances(FLEET), before);
      },
    );
    await check(
      'then it ends one instance, and sees the group whole again at the same capacity',
      async () => {
        const before = await instances(FLEET);
        const drill = ['drill', 'failure', FLEET, '--within', '60', '--json'] as const;
        const said = await tidegate(...drill, '--yes-this-is-mine', ...STAGE);
        const { exitCode, instance, seen } = JSON.parse(said);
        if (seen === undefined) throw new Error(said);
        const after = await instances(FLEET);
        same([exitCode, before.includes(instance), after.includes(instance)], [0, true, false]);
        same([after.length, await desired(FLEET)], [2, 2]);
        return seen.at(-1).text;
      },
    );
    await check('npx tidegate why --record prints the record for replay and decide', async () => {
      const file = join(WORK_DIRECTORY, 'record.json');
      await writeFile(file, await tidegate('why', FLEET, 'last', '--record', ...STAGE));
      const record = JSON.parse(await readFile(file, 'utf8'));
      same(record.schemaVersion, 1);
      return record.decision.summary;
    });
  },
};

export const operator: readonly Scenario[] = [day];
