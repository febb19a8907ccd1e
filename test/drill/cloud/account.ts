import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Drill } from '#test/drill/drills/drill.ts';
import { createGroups, dimensionOf } from '#test/e2e/harness/account.ts';
import { type Deployment, type Stops, startDeployment } from '#test/e2e/harness/deployment.ts';
import { WORK_DIRECTORY } from '#test/e2e/harness/work-directory.ts';
import { configurationOf, groupOf, type Place } from './configuration.ts';

/** The deployment, and where the group of each drill stands. */
export type Ground = Readonly<{
  deployment: Deployment;
  placeOf: (drill: string) => Place & Readonly<{ targetGroupArn: string }>;
}>;

type Wanted = Readonly<{ drills: readonly Drill[]; without: readonly string[] }>;

/** An emulated account with a group for each drill, and Tidegate deployed for them. */
export const prepareGround = async (
  stops: Stops,
  say: (line: string) => void,
  { drills, without }: Wanted,
): Promise<Ground> => {
  const places = new Map<string, Place & { targetGroupArn: string }>();
  const deployment = await startDeployment(
    stops,
    say,
    async ({ clients, endpoint, slackOrigin }) => {
      const groups = drills.map(({ name, instances }) => ({
        name: groupOf(name),
        min: 2,
        max: 10,
        desired: instances,
        graceSeconds: 10,
      }));
      const made = await createGroups(endpoint, clients, { name: 'drill', groups });
      for (const { name } of drills) {
        const targetGroupArn = made.targetGroupArns.get(groupOf(name)) ?? '';
        places.set(name, {
          name,
          loadBalancer: dimensionOf(made.loadBalancerArn),
          targetGroup: dimensionOf(targetGroupArn),
          targetGroupArn,
        });
      }
      const file = join(WORK_DIRECTORY, 'tidegate.yml');
      await writeFile(file, configurationOf([...places.values()], { without, slackOrigin }));
      return file;
    },
  );
  return {
    deployment,
    placeOf: (drill) => {
      const place = places.get(drill);
      if (place === undefined) throw new Error(`no group was made for the drill ${drill}`);
      return place;
    },
  };
};
