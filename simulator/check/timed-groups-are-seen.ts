import type { Note } from '#domain/lane/note.ts';
import { type Checker, unless } from './check-world.ts';

/** A cooldown's remainder, a sweep, and what both need. */
const PATIENCE_MS = 180_000;

const isOnCapacity = (note: Note): note is Extract<Note, { kind: 'decided' }> =>
  note.kind === 'decided' && note.decision.kind === 'capacity';

export const timedGroupsAreSeen: Checker = {
  id: 'L8',
  promise: 'a group whose rules follow metrics or the clock is looked at every minute',
  watch: ({ timeline, configuration, cloud }) => {
    const seenAt = new Map<string, number>();

    return {
      onEvent: (event) => {
        if (event.kind === 'noted' && isOnCapacity(event.note)) {
          seenAt.set(event.note.decision.group, event.at);
        }
        return [];
      },
      atEnd: () =>
        configuration()
          .groups.filter(({ rules }) =>
            rules.some((rule) => rule.kind !== 'threshold' || rule.alarm.kind === 'watched'),
          )
          .filter(({ autoScalingGroup }) => cloud.autoScaling.truth(autoScalingGroup))
          .flatMap(({ name }) =>
            unless(timeline.now() - (seenAt.get(name) ?? 0) < PATIENCE_MS, () => {
              return `nobody has looked at ${name} since ${seenAt.get(name)}`;
            }),
          ),
    };
  },
};
