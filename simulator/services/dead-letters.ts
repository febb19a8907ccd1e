import type { ServiceWorld } from './world.ts';

/** The dead-letter queue of a queue. */
export const createDeadLetters = (
  { timeline, history }: Pick<ServiceWorld, 'timeline' | 'history'>,
  queue: string,
) => {
  const bodies: string[] = [];

  return {
    all: (): readonly string[] => bodies,
    takeAll: (): readonly string[] => bodies.splice(0),
    /** `isDropped` when Lambda's guard against recursion sent it here. */
    bury: (body: string, receives: number, isDropped = false): void => {
      bodies.push(body);
      const event = { kind: 'dead-lettered', queue, body, receives, isDropped } as const;
      history.record({ at: timeline.now(), ...event });
    },
  };
};
