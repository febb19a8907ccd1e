import { SECOND_MS } from '#domain/time/instant.ts';
import type { Policy } from '#simulator/backtest/policy.ts';
import { backtest, type TickSeen } from '#simulator/backtest/run.ts';
import { tidegate } from '#simulator/backtest/tidegate/policy.ts';
import type { World } from '#simulator/backtest/world.ts';
import { type Comparing, type Comparison, worldsOf } from '#simulator/compare/compare.ts';
import { PEERS } from '#simulator/compare/field.ts';
import { type Dot, plotSvg, SIZES } from '#simulator/compare/plot.ts';

/** A way to scale through a day: the instances that served, and those that were needed, at the end of each minute. */
export type Course = Readonly<{
  name: string;
  serving: readonly Dot[];
  needed: readonly Dot[];
}>;

/** The courses of all rules, and of target tracking with the setting that the comparison shows. */
export const coursesOf = (
  comparing: Pick<Comparing, 'trace' | 'conditions' | 'rules' | 'seeds'>,
  { rows }: Comparison,
): readonly Course[] => {
  const ofRules = comparing.rules.flatMap(({ name, group }) =>
    worldsOf(comparing, group)
      .slice(0, 1)
      .map((world) => courseOf(name, world, tidegate({ group }))),
  );
  const peer = PEERS['target-tracking'];
  const setting = rows.find(({ name }) => name === peer.title)?.setting;
  const ofPeer = worldsOf(comparing)
    .slice(0, 1)
    .flatMap((world) =>
      peer
        .settings(world)
        .filter(({ label }) => label === setting)
        .map(({ label, policy }) => courseOf(`${peer.title}, ${label}`, world, policy)),
    );
  return [...ofRules, ...ofPeer];
};

const courseOf = (name: string, world: World, policy: Policy): Course => {
  const [serving, needed]: [Dot[], Dot[]] = [[], []];
  const see = ({ at, ready, need }: TickSeen): void => {
    if (at % 60 !== 0) return;
    const moment = (world.trace.start + at - 60) * SECOND_MS;
    serving.push({ at: moment, value: ready });
    needed.push({ at: moment, value: need });
  };
  backtest(world, policy, see);
  return { name, serving, needed };
};

/** A plot for each course, in each size; the style sheet shows the one that fits. */
export const coursesHtml = (courses: readonly Course[]): string => {
  const drawn = courses.flatMap(({ name, serving, needed }) =>
    SIZES.map((size) =>
      plotSvg(
        {
          title: name,
          unit: 'instances',
          span: [serving[0]?.at ?? 0, serving.at(-1)?.at ?? 1],
          lines: [
            { name: 'needed', style: 'area', dots: needed },
            { name: 'serving', style: 'step', dots: serving },
          ],
        },
        size,
      ),
    ),
  );
  return `<div class="courses">\n${drawn.join('\n')}\n</div>`;
};
