import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alarmOf, same } from '#test/e2e/harness/probe.ts';
import { WORK_DIRECTORY } from '#test/e2e/harness/work-directory.ts';
import type { Scenario } from './scenario.ts';

const FLEET = 'watched';
const STAGE = ['--stage', 'e2e'] as const;

/** The operator's day on a group of its own: see it, ask it, take it back. */
const day: Scenario = {
  name: 'the operator’s day',
  run: async ({ alarms, tidegate }, { capacity, desired, slackMessages, sweep }, check) => {
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
