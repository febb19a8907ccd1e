import type { Bug } from './bug.ts';

/** Mistakes in what people read. */
export const MESSAGE_BUGS: readonly Bug[] = [
  {
    name: 'commands in messages name no stage',
    file: 'shared/domain/basics/whereabouts.ts',
    find: "...option('stage', where.stage),",
    replace: '',
  },
  {
    name: 'one message for several does not say where it is from',
    file: 'shared/app/notify/compose-message.ts',
    find: 'now,\n          where,\n',
    replace: 'now,\n',
  },
  {
    name: 'what needs a person comes without what to do',
    file: 'shared/domain/notify/describe-outcome.ts',
    find: '...remedyFields(outcome, surroundings),',
    replace: '',
  },
];
