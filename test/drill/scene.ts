import { terminateInstance } from '#test/e2e/harness/account.ts';
import type { Deployment } from '#test/e2e/harness/deployment.ts';
import type { Balancer } from './balancer/balancer.ts';
import type { Scene } from './drills/drill.ts';
import type { Database } from './instances/database.ts';
import type { Instance } from './instances/instance.ts';
import type { LivingGroup } from './instances/living-group.ts';

type Parts = Readonly<{
  deployment: Deployment;
  balancer: Balancer;
  group: LivingGroup;
  database: Database;
  /** Hears which instance was struck. */
  strike: (id: string) => void;
}>;

/** The hands by which accidents happen to a running fleet. */
export const sceneOf = ({ deployment, balancer, group, database, strike }: Parts): Scene => {
  const choose = (): readonly [string, Instance] => {
    for (const [id, { state }] of balancer.healthOf()) {
      const instance = group.instances.get(id);
      if (state === 'healthy' && instance !== undefined) {
        strike(id);
        return [id, instance];
      }
    }
    throw new Error('no instance serves, so none can be struck');
  };
  return {
    endOne: async () => {
      const [id, instance] = choose();
      instance.kill();
      await terminateInstance(deployment.endpoint, id);
    },
    freezeOne: async () => choose()[1].freeze(),
    failLaunches: async () => group.failLaunches(true),
    letLaunch: async () => group.failLaunches(false),
    takeDatabaseAway: database.goAway,
    giveDatabaseBack: database.comeBack,
  };
};
