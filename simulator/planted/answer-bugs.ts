import type { Bug } from './bug.ts';

/** Mistakes about messages that end without a look, and about changes that wait for their turn. */
export const ANSWER_BUGS: readonly Bug[] = [
  {
    name: 'a look that failed answers messages',
    file: 'shared/domain/lane/disposition.ts',
    find: "disposition.kind === 'done' && disposition.isLeftToSweep !== true",
    replace: "disposition.kind === 'done' || disposition.isExpected !== undefined",
    theme: 'bursts',
  },
  {
    name: 'a look at what another invocation decides answers messages',
    file: 'shared/app/capacity/recover-capacity.ts',
    find: 'return leftToSweep;',
    replace: "return { kind: 'done' };",
    theme: 'bursts',
  },
  {
    name: 'the margin is on the wrong side',
    file: 'shared/domain/sweep/already-answered.ts',
    find: 'cameAt + ANSWER_MARGIN_MS <= began',
    replace: 'cameAt - ANSWER_MARGIN_MS <= began',
    theme: 'bursts',
  },
  {
    name: 'requests of the sweep are answered by the minute',
    file: 'shared/domain/sweep/already-answered.ts',
    find: ': beganAfter(look, dueAt(message, sentAt));',
    replace: ': beganAfter(look, dueAt(message, sentAt)) || wasJustPrompted(look, moment.now);',
    theme: 'bursts',
  },
  {
    name: 'a request that is held back counts from when it was sent',
    file: 'shared/domain/sweep/already-answered.ts',
    find: 'sentAt + delaySeconds * SECOND_MS',
    replace: 'sentAt + 0 * delaySeconds * SECOND_MS',
  },
  {
    name: 'an alarm that fires anew waits for the sweep',
    file: 'shared/domain/sweep/already-answered.ts',
    find: "return isStorm && message.state !== 'ALARM' && wasJustPrompted(look, now);",
    replace: 'return isStorm && wasJustPrompted(look, now);',
    theme: 'bursts',
  },
  {
    name: 'a message is answered of which the head has not heard',
    file: 'shared/domain/sweep/already-answered.ts',
    find: "return message.state !== 'ALARM' || seen.isUnheard !== true;",
    replace: 'return true;',
  },
  {
    name: 'a message for several is answered when one group was looked at',
    file: 'shared/domain/sweep/already-answered.ts',
    find: 'waiting.groups.every(',
    replace: 'waiting.groups.some(',
    theme: 'shared',
  },
];
