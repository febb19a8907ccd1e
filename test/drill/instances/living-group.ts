import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  DeregisterTargetsCommand,
  InvalidTargetException,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { terminateInstance } from '#test/e2e/harness/account.ts';
import type { Clients } from '#test/e2e/harness/clients.ts';
import { repeat } from '../repeat.ts';
import { type Instance, launch } from './instance.ts';

export type LivingGroup = Readonly<{
  desired: () => number;
  instances: ReadonlyMap<string, Instance>;
  /** Members of the emulated group whose launch failed: real Auto Scaling would not list them. */
  notLaunched: ReadonlySet<string>;
  /** From now on launches fail, or succeed again: then those that failed are tried anew. */
  failLaunches: (isFailing: boolean) => void;
  portOf: (id: string) => number | undefined;
  stop: () => Promise<void>;
}>;

type Settings = Readonly<{
  clients: Clients;
  endpoint: string;
  /** The name of the Auto Scaling group, and the ARN of its target group. */
  name: string;
  targetGroupArn: string;
  application: string;
  databasePort: number;
  inFlight: (id: string) => number;
  /** Hears that the group could not be read, or an instance not be ended in order. */
  fail: (thrown: unknown) => void;
}>;

const LOOK_MS = 1_000;
/** The deregistration delay, at most: no request of a drill takes longer. */
const DELAY_MS = 4_000;

/**
 * The processes of an emulated Auto Scaling group, and what Auto Scaling does that the emulator leaves out: whoever
 * joins the group joins its target group, whoever leaves it leaves that first, and whoever is marked Unhealthy is replaced.
 */
export const startLivingGroup = async (settings: Settings): Promise<LivingGroup> => {
  const { clients, name, application, databasePort } = settings;
  const instances = new Map<string, Instance>();
  const notLaunched = new Set<string>();
  const leaving = new Set<string>();
  const endings = new Set<Promise<void>>();
  let desired = 0;
  let isFailing = false;

  const leave = async (id: string, instance: Instance): Promise<void> => {
    leaving.add(id);
    await deregister(settings, id);
    await drained(settings, id);
    await instance.stop();
    instances.delete(id);
  };
  const begin = (id: string, instance: Instance): void => {
    const ending: Promise<void> = leave(id, instance)
      .catch((thrown: unknown) => {
        instance.kill();
        settings.fail(thrown);
      })
      .finally(() => endings.delete(ending));
    endings.add(ending);
  };
  const start = async (id: string, isBooted: boolean): Promise<void> => {
    notLaunched.delete(id);
    instances.set(id, launch({ application, databasePort, isBooted }));
    await register(settings, id);
  };
  /** The emulator has made the instance and registered it: both are taken back. */
  const refuse = async (id: string): Promise<void> => {
    if (notLaunched.has(id)) return;
    notLaunched.add(id);
    await deregister(settings, id);
  };
  const tryToLaunch = (id: string, isBooted: boolean): Promise<void> =>
    isFailing ? refuse(id) : start(id, isBooted);
  const look = async (isBooted: boolean): Promise<void> => {
    const members = await describe(clients, name);
    desired = members.desired;
    for (const id of members.ids.filter((each) => !instances.has(each))) {
      await tryToLaunch(id, isBooted);
    }
    for (const [id, instance] of instances) {
      if (!members.ids.includes(id) && !leaving.has(id)) begin(id, instance);
    }
    for (const id of members.unhealthy) await terminateInstance(settings.endpoint, id);
  };
  await look(true);
  const stopLooking = repeat(() => look(false), LOOK_MS, settings.fail);

  return {
    desired: () => desired,
    instances,
    notLaunched,
    failLaunches: (fails) => {
      isFailing = fails;
    },
    portOf: (id) => instances.get(id)?.port(),
    stop: async () => {
      stopLooking();
      for (const instance of instances.values()) instance.kill();
      await Promise.allSettled(endings);
    },
  };
};

type Members = Readonly<{
  desired: number;
  ids: readonly string[];
  unhealthy: readonly string[];
}>;

const describe = async ({ autoScaling }: Clients, name: string): Promise<Members> => {
  const { AutoScalingGroups } = await autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  const { DesiredCapacity = 0, Instances = [] } = AutoScalingGroups?.[0] ?? {};
  return {
    desired: DesiredCapacity,
    ids: Instances.map(({ InstanceId = '' }) => InstanceId),
    unhealthy: Instances.filter(({ HealthStatus }) => HealthStatus === 'Unhealthy').map(
      ({ InstanceId = '' }) => InstanceId,
    ),
  };
};

/** The emulator registers whoever it launches for a larger capacity, but not who takes the place of another one. */
const register = ({ clients, targetGroupArn }: Settings, id: string): Promise<unknown> =>
  clients.elb.send(
    new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [{ Id: id }] }),
  );

const deregister = async ({ clients, targetGroupArn }: Settings, id: string): Promise<void> => {
  const command = new DeregisterTargetsCommand({
    TargetGroupArn: targetGroupArn,
    Targets: [{ Id: id }],
  });
  try {
    await clients.elb.send(command);
  } catch (thrown) {
    // A machine that failed, and a target that Tidegate took out, have left already.
    if (!(thrown instanceof InvalidTargetException)) throw thrown;
  }
};

/** Waits until nothing is in flight to a target any more, or the deregistration delay is over. */
const drained = async ({ inFlight }: Settings, id: string): Promise<void> => {
  const end = Date.now() + DELAY_MS;
  // The load balancer must have learnt of it first.
  await sleep(LOOK_MS + 500);
  while (inFlight(id) > 0 && Date.now() < end) await sleep(100);
};
