import type { Group } from '#domain/configuration/configuration.ts';
import type { Note } from '#domain/lane/note.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type Checker, unless } from './check-world.ts';

/** The run ends quietly: nothing is lost or slow any more, and no group is paused for so long. */
const QUIET_MS = 180_000;
/** A look may come a little sooner or later than its second. */
const SLACK_MS = 12_000;

const isOnCapacity = (note: Note): note is Extract<Note, { kind: 'decided' }> =>
  note.kind === 'decided' && note.decision.kind === 'capacity';

export const looksAreNotLost: Checker = {
  id: 'L8b',
  promise: 'a group that wants looks every 15 to 30 seconds gets each of them',
  watch: ({ timeline, configuration, cloud }) => {
    const looks = new Map<string, Instant[]>();
    const longestGap = ({ name }: Group): number => {
      const end = timeline.now();
      const times = [...(looks.get(name) ?? []).filter((at) => end - at < QUIET_MS), end];
      return Math.max(...times.map((at, index) => at - (times[index - 1] ?? end - QUIET_MS)));
    };

    return {
      onEvent: (event) => {
        if (event.kind !== 'noted' || !isOnCapacity(event.note)) return [];
        const { group } = event.note.decision;
        looks.set(group, [...(looks.get(group) ?? []), event.at]);
        return [];
      },
      atEnd: () =>
        configuration()
          .groups.filter(({ rules }) => rules.some(({ kind }) => kind !== 'threshold'))
          .filter(({ autoScalingGroup }) => cloud.autoScaling.truth(autoScalingGroup))
          .flatMap((group) => {
            if (group.everySeconds === undefined) return [];
            const most = group.everySeconds * 1_000 + SLACK_MS;
            return unless(
              longestGap(group) <= most,
              () =>
                `nobody looked at ${group.name} for ${longestGap(group)} ms, and it wants a look every ${group.everySeconds} s`,
            );
          }),
    };
  },
};
