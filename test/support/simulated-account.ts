import type { Account } from '#cli/terminal.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { readsOfCloud } from '#simulator/console/reads-of-cloud.ts';
import { accountWith, aDeployment } from './a-deployment.ts';

const TABLE = 'tidegate-dev';

/** The account of a simulated cloud as the `tidegate` command reaches it. */
export const simulatedAccount = (cloud: Cloud, now: () => Instant): Account =>
  accountWith([aDeployment()], {
    tableOf: async () => TABLE,
    overridesIn: () => ({
      read: async (group) => cloud.overrides.get(group),
      write: async (group, override, read) => {
        if (cloud.overrides.get(group)?.id !== read?.id) return false;
        cloud.overrides.set(group, override);
        return true;
      },
    }),
    readsIn: async () => readsOfCloud(cloud, now),
  });
