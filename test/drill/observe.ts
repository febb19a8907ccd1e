import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Call } from '#test/e2e/harness/call.ts';
import type { Deployment } from '#test/e2e/harness/deployment.ts';
import type { Balancer } from './balancer/balancer.ts';
import { groupOf } from './cloud/configuration.ts';
import type { Drill } from './drills/drill.ts';
import type { LivingGroup } from './instances/living-group.ts';
import type { Course, Look, Mark, Removal, Sent } from './judge/course.ts';
import { repeat } from './repeat.ts';

type Watched = Readonly<{
  deployment: Deployment;
  drill: Drill;
  balancer: Balancer;
  group: LivingGroup;
  begin: number;
  say: (line: string) => void;
  fail: (thrown: unknown) => void;
}>;

/** Watches a drill from its begin, and answers its course in the end. */
export const observe = ({ deployment, drill, balancer, group, begin, say, fail }: Watched) => {
  const requests: Sent[] = [];
  const looks: Look[] = [];
  const marks: Mark[] = [];
  const members = new Set<string>();
  let struck: string | undefined;
  const lag = monitorEventLoopDelay();
  lag.enable();
  const mark = (text: string): void => {
    const at = Date.now() - begin;
    marks.push({ at, text });
    say(`${(at / 1_000).toFixed(0).padStart(4)} s  ${text}`);
  };
  const look = async (): Promise<void> => {
    for (const id of group.instances.keys()) members.add(id);
    const states = [...balancer.healthOf().values()].map(({ state }) => state);
    const now: Look = {
      at: Date.now() - begin,
      desired: group.desired(),
      healthy: states.filter((state) => state === 'healthy').length,
      unhealthy: states.filter((state) => state === 'unhealthy').length,
    };
    const before = looks.at(-1);
    looks.push(now);
    if (before?.desired !== now.desired || before.healthy !== now.healthy) {
      mark(`desired ${now.desired}, serving ${now.healthy}, unhealthy ${now.unhealthy}`);
    }
  };

  return {
    mark,
    take: (sent: Sent): void => void requests.push(sent),
    strike: (id: string): void => {
      struck = id;
    },
    stop: repeat(look, 1_000, fail),
    course: (): Course => ({
      requests,
      looks,
      marks,
      removals: removalsIn(deployment.proxy.calls, { begin, members }),
      messages: deployment.slack.posts
        .filter(({ at, body }) => at >= begin && isAbout(body, drill.name))
        .map(({ at, body }) => ({ at: at - begin, text: textOf(body), body })),
      lagMs: lag.max / 1e6,
      toStruck: balancer.sent.filter(({ id }) => id === struck).map(({ at }) => at - begin),
    }),
  };
};

const isAbout = (body: string, name: string): boolean =>
  body.includes(groupOf(name)) || new RegExp(`\\b${name}\\b`).test(body);

/** The words that a reader of the channel sees. */
const textOf = (body: string): string => {
  try {
    const { text } = JSON.parse(body) as { text?: unknown };
    return typeof text === 'string' ? text : body;
  } catch {
    return body;
  }
};

/** The calls of `heal` on instances of this group; Auto Scaling’s own go past the proxy. */
const removalsIn = (
  calls: readonly Call[],
  { begin, members }: Readonly<{ begin: number; members: ReadonlySet<string> }>,
): readonly Removal[] =>
  calls
    .filter(({ at, caller }) => at >= begin && caller === 'heal')
    .flatMap(({ action, input, at }) => {
      if (action !== 'DeregisterTargets' && action !== 'SetInstanceHealth') return [];
      const id = /i-[0-9a-f]+/.exec(JSON.stringify(input))?.[0] ?? '';
      return members.has(id) ? [{ at: at - begin, call: action, id }] : [];
    });
