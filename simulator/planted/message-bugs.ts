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
    find: '...remedyFields(outcome, context),',
    replace: '',
  },
  {
    name: 'one answer is enough to call a channel broken',
    file: 'shared/domain/notify/channel-state.ts',
    find: 'if (broken === undefined && isDoubtful === undefined) {',
    replace: 'if (broken === undefined && isDoubtful === undefined && now < 0) {',
  },
  {
    name: 'a broken channel keeps nothing that is not urgent',
    file: 'shared/domain/notify/next-dispatch.ts',
    find: 'now - since > KEPT_MS',
    replace: 'now - since >= 0',
  },
  {
    name: 'news that changes channel leaves before it has arrived',
    file: 'shared/app/notify/fail-over.ts',
    find: 'const next = withKnownAlarms(left, ended);\n',
    replace:
      'const next = withKnownAlarms(left, ended);\n  await outbox.commit(lease, { state: next, ended, at: now() });\n',
  },
];
